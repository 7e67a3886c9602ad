package workbook

// readOLE reads the workbook in the OLE container data: an .xls file, or an
// .xlsx file behind a password.
func readOLE(data []byte, limits Limits) (*Book, error) {
	container, err := openOLE(data)
	if err != nil {
		return nil, damaged("", "OLE container: %v", err)
	}
	streams, err := container.topStreams()
	if err != nil {
		return nil, damaged("", "OLE container: %v", err)
	}
	if streams["encryptedpackage"] != nil {
		return nil, &Refusal{Code: "password", Detail: "encrypted package"}
	}
	// A file saved for both Excel 95 and 97 has both; Workbook is the later one.
	for _, name := range [...]string{"workbook", "book"} {
		if streams[name] == nil {
			continue
		}
		stream, err := container.read(streams[name])
		if err != nil {
			return nil, damaged(name, "OLE container: %v", err)
		}
		return readBIFF(name, stream, limits)
	}
	return nil, &Refusal{Code: "not_a_workbook", Detail: "OLE container without a workbook"}
}
