package disk

// What is too little space to write to, in bytes: Least fails the next run, Scarce
// will soon.
const (
	Least  = 200 << 20
	Scarce = 2 << 30
)
