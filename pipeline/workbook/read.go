package workbook

// Read reads the workbook in data. The kind of file is told from its bytes,
// never from a name. Whatever is wrong with the file is a *Refusal.
func Read(data []byte, limits Limits) (*Book, error) {
	if int64(len(data)) > limits.FileBytes {
		return nil, tooLarge("", "%d bytes, want at most %d", len(data), limits.FileBytes)
	}
	switch kind := sniff(data); kind {
	case kindZip:
		return readZip(data, limits)
	case kindOLE:
		return readOLE(data, limits)
	case kindBIFF:
		return readBIFF("", data, limits)
	default:
		return nil, &Refusal{Code: string(kind)}
	}
}
