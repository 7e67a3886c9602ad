package reports

import (
	"time"

	"tonghop/pipeline"
)

// A Feedback is the answer to one submission.
type Feedback struct {
	Submission    pipeline.Submission
	UnitName      string // empty where unknown
	FormName      string
	Due           time.Time // last day on time; zero where unknown
	Late          bool      // by the first accepted submission of the same report
	ReadBack      []ReadBack
	Received      time.Time // in the configured zone
	FirstReceived time.Time // of the first accepted submission of the same report; zero where this is the first
	Previous      *Previous // nil where this is the first version of its report
	Trial         bool      // the unit itself checks a file that it has not sent yet; Received is when
}

// A Previous is the version of a report that its unit sent before.
type Previous struct {
	File     string    // path below the inbox
	Received time.Time // in the configured zone
	Verdict  pipeline.Verdict
	Facts    []pipeline.Fact
}

// A ReadBack is one figure as it was read, for the clerk to compare.
type ReadBack struct {
	Name    string // the indicator's
	Measure string // its unit of measure
	Fact    pipeline.Fact
	Places  int
	Ratio   bool
}

// A UnitBoard is what one unit owes and has sent, over all published periods.
type UnitBoard struct {
	Code, Name  string
	AsOf        time.Time         // in the configured zone
	Reports     []Reporting       // each due report once, the latest due date first
	FormNames   map[string]string // by code
	Submissions []Submission      // the unit's files, newest first
}
