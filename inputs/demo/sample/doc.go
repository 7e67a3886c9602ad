// Package sample is the demo workspace: its catalogue, its forms, and the
// workbooks that sixteen unions and their province send over nineteen months,
// with the mistakes people make in Excel; and what became of a plan of 2020.
//
// The province's totals for 2014 and 2015 are those that its article of 5
// February 2016 prints. Everything else is invented with a fixed seed: how the
// totals split over units, every target, every figure of form 2-HDCD. No row is
// an official figure of a unit, and the catalogue's own notes sheet says so.
//
// The same call gives the same bytes. Program inputs/demo writes and delivers
// what this package builds; tests of the whole pipeline compare its verdicts
// with those stated here. It imports no stage of the pipeline, so that nothing
// can be wrong in both in the same way.
package sample
