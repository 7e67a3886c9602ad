package workbook

import (
	"bytes"
	"compress/flate"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
)

// deflated is b deflated at the given level.
func deflated(tb testing.TB, b []byte, level int) []byte {
	tb.Helper()
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, level)
	if err != nil {
		tb.Fatal(err)
	}
	if _, err := w.Write(b); err != nil {
		tb.Fatal(err)
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// sameAsLibrary inflates src with f and with the library, which must agree.
func sameAsLibrary(tb testing.TB, f *inflater, src []byte) {
	tb.Helper()
	const most = 4 << 20
	want, wantErr := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(src)), most))
	f.reset(src)
	got, err := io.ReadAll(io.LimitReader(f, most))
	if (err == nil) != (wantErr == nil) {
		tb.Fatalf("error %v, the library's %v", err, wantErr)
	}
	if err == nil && !bytes.Equal(got, want) {
		tb.Fatalf("got %d bytes, the library %d, or they differ", len(got), len(want))
	}
}

func inflateSamples() map[string][]byte {
	random := rand.New(rand.NewPCG(1, 2))
	noise := make([]byte, 300_000)
	letters := make([]byte, 300_000)
	for i := range noise {
		noise[i] = byte(random.Uint32())
		letters[i] = "etaoinshrdluETAOIN"[min(random.IntN(18), random.IntN(18))] + byte(random.IntN(2)*random.IntN(40))
	}
	far := append(bytes.Clone(noise[:historyBytes]), noise[:historyBytes]...)
	return map[string][]byte{
		"nothing": nil, "one byte": {7}, "short": []byte("một hai ba"), "noise": noise, "letters": letters,
		"one letter": bytes.Repeat([]byte("a"), 500_000), "period 7": []byte(strings.Repeat("abcdefg", 70_000)),
		"cells": []byte(strings.Repeat(`<c r="A1" s="3"><v>12345</v></c><c r="B1"/>`, 9_000)), "far": far,
	}
}

func TestInflate(t *testing.T) {
	t.Parallel()
	var f inflater
	for name, sample := range inflateSamples() {
		for level := flate.HuffmanOnly; level <= flate.BestCompression; level++ {
			src := deflated(t, sample, level)
			f.reset(src)
			got, err := io.ReadAll(&f)
			if err != nil || !bytes.Equal(got, sample) {
				t.Errorf("%s at level %d: got %d bytes, error %v, want %d", name, level, len(got), err, len(sample))
			}
		}
	}
}

// Broken content is refused where the library refuses it.
func TestInflateBroken(t *testing.T) {
	t.Parallel()
	var f inflater
	random := rand.New(rand.NewPCG(3, 4))
	for _, sample := range inflateSamples() {
		sample = sample[:min(len(sample), 2000)]
		for level := flate.HuffmanOnly; level <= flate.BestCompression; level += 2 {
			src := deflated(t, sample, level)
			for range 300 {
				broken := bytes.Clone(src)
				broken[random.IntN(len(broken))] ^= 1 << random.IntN(8)
				sameAsLibrary(t, &f, broken)
				sameAsLibrary(t, &f, src[:random.IntN(len(src))])
			}
		}
	}
}

func FuzzInflate(f *testing.F) {
	f.Add([]byte{})
	f.Add(deflated(f, []byte("một hai ba bốn năm sáu một hai ba"), flate.BestCompression))
	f.Add(deflated(f, []byte("một hai ba"), flate.NoCompression))
	f.Fuzz(func(t *testing.T, src []byte) {
		var reused inflater
		sameAsLibrary(t, &reused, src)
		sameAsLibrary(t, &reused, src)
	})
}
