package workbook

// readGlobals reads what the sheets have in common.
func (b *biffReader) readGlobals(r *records) error {
	for r.next() {
		switch r.id {
		case recordEOF:
			return nil
		case recordFilePass:
			return &Refusal{Code: "password", Part: b.part}
		case recordDateMode:
			if r.u16(0) == 1 {
				b.epoch = epoch1904
			}
		case recordCodePage:
			b.page = r.u16(0)
			b.decode = codePage(b.page)
		case recordFont:
			b.readFont(r)
		case recordFormat:
			b.readFormat(r)
		case recordXF:
			b.readXF(r)
		case recordBoundSheet:
			b.readBoundSheet(r)
		case recordSST:
			b.readStrings(r)
		}
	}
	r.fail("stream ends within the globals")
	return r.err
}

func (b *biffReader) readFont(r *records) {
	if r.want(15) {
		b.fonts = append(b.fonts, b.shortText(r, 14))
	}
}

// readFormat reads a number format. Some writers count more characters than they
// write.
func (b *biffReader) readFormat(r *records) {
	id := r.u16(0)
	if b.wide() {
		f := fieldReader{records: r}
		f.begin(2)
		count, wide := f.number(2), f.number(1)&1 != 0
		have := len(f.left)
		if wide {
			have /= 2
		}
		f.characters(min(count, have), wide)
		b.formats[id], _ = b.text(f.units, nil)
		return
	}
	if r.want(3) {
		b.formats[id] = b.shortText(r, 2)
	}
}

func (b *biffReader) readXF(r *records) {
	if !r.want(4) {
		return
	}
	font := r.u16(0)
	if font > 4 {
		font--
	}
	b.xfs = append(b.xfs, cellFormat{format: r.u16(2), font: font})
	if len(b.xfs) > maxStyles {
		r.err = tooLarge(b.part, "more than %d styles", maxStyles)
	}
}

func (b *biffReader) readBoundSheet(r *records) {
	if len(b.listed) >= b.limits.Parts {
		r.err = tooLarge(b.part, "more than %d sheets", b.limits.Parts)
	}
	if r.want(7) {
		b.listed = append(b.listed, boundSheet{
			name: b.shortText(r, 6), start: r.u32(0), hidden: r.u8(4)&3 != 0, kind: r.u8(5),
		})
	}
}

// readStrings reads the shared strings.
func (b *biffReader) readStrings(r *records) {
	f := fieldReader{records: r}
	f.begin(8)
	count := r.u32(4)
	if count == 0 {
		count = b.limits.Cells // some writers don't count
	}
	for ; count > 0; count-- {
		if len(f.left) == 0 && !r.nextIs(recordContinue) {
			return // some writers count more than they write
		}
		cuts := f.richText()
		if r.err != nil {
			return
		}
		raw, runs := b.text(f.units, cuts)
		if err := b.shared.add(b.part, raw, runs, &b.limits); err != nil {
			r.err = err
			return
		}
	}
}

// shortText reads the text at the given offset of the record, which begins with
// its length in one byte.
func (b *biffReader) shortText(r *records, at int) string {
	f := fieldReader{records: r}
	f.begin(at)
	if b.wide() {
		f.text(1)
		text, _ := b.text(f.units, nil)
		return text
	}
	count := f.number(1)
	if len(f.left) < count {
		r.fail("text in record %04x before %d is cut", r.id, r.pos)
		return ""
	}
	return b.bytesText(f.left[:count])
}
