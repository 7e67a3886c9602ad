package sample

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"tonghop/pipeline"
)

// The forms by their codes in the catalogue.
const (
	programme = "1464"   // the programme's indicators, once a year
	activity  = "2-HDCD" // union activity, at both cut-offs of the year
)

// A reportKey names one report.
type reportKey struct {
	unit, form string
	period     pipeline.Period
}

// values are the figures of one report by indicator code. An indicator without
// a value is blank. Ratios are not among them: they follow from their parts.
type values map[string]int64

// figures are the reports of all units as they stand once every mistake is
// corrected.
type figures map[reportKey]values

// A generator shares the province's totals out over its units.
type generator struct {
	rand  *rand.Rand
	units []unit
	into  figures
}

// invent makes up every report of the demo, always the same.
func invent() figures {
	g := &generator{rand: rand.New(rand.NewPCG(1464, 2015)), units: units(), into: make(figures)}
	g.outreach()
	g.courses()
	g.coverage()
	g.classes()
	g.cadres()
	for i := range g.units {
		g.workforce(i)
	}
	g.into[reportKey{province, plan2020, quarter2020()}] = planTotals()
	return g.into
}

// outreach shares out the sessions, those who came to them, and the printed
// matter of the two years.
func (g *generator) outreach() {
	sessions := g.split(1250, g.weights(func(u unit) int64 { return u.unions }))
	first := g.setFlow("TT01", sessions, 42, 52)
	visitors := g.split(41640, sessions)
	for i, all := range visitors {
		before := all * first[i] / max(sessions[i], 1)
		g.set(i, year2014(), "TT02", before)
		g.set(i, year2015(), "TT02", all-before)
	}
	g.setFlow("TT03", g.split(500, g.weights(func(u unit) int64 { return u.unions })), 40, 55)
	g.setFlow("TT04", g.split(1000, g.weights(func(u unit) int64 { return u.people })), 35, 55)
}

// courses shares out the people trained since the programme began.
func (g *generator) courses() {
	staff := g.weights(func(u unit) int64 { return u.staff })
	people := g.weights(func(u unit) int64 { return u.people + 2*u.staff })
	levels := []struct {
		code    string
		total   int64
		weights []int64
	}{{"CM01", 500, staff}, {"CM02", 12066, staff}, {"CM03", 10773, people}}
	for _, level := range levels {
		g.setCumulative(level.code, g.split(level.total, level.weights), 38, 55)
	}
	for i := range g.units {
		for _, period := range []pipeline.Period{year2014(), year2015()} {
			v := g.report(i, programme, period)
			v["CM00"] = v["CM01"] + v["CM02"] + v["CM03"]
		}
	}
	g.setCumulative("LL00", g.split(1500, staff), 35, 55)
	g.setCumulative("TH01", g.split(14581, staff), 40, 55)
	g.setCumulative("NN02", g.split(3332, staff), 30, 50)
	g.setCumulative("NN03", g.split(863, staff), 25, 50)
}

// coverage shares out the members and workers and those of them who learnt.
func (g *generator) coverage() {
	base := g.split(53527, g.weights(func(u unit) int64 { return u.people }))
	learnt := g.split(32775, base)
	g.setCumulative("HT01", learnt, 40, 52)
	for i, now := range base {
		g.set(i, year2015(), "HT02", now)
		g.set(i, year2014(), "HT02", g.share(now, 93, 98))
	}
}

// classes shares out the classes that units held. The province held seven of
// its own, whose people are known.
func (g *generator) classes() {
	held := g.split(48, g.weights(func(u unit) int64 { return u.unions }))
	g.setFlow("CB14", held, 40, 60)
	for i := range g.units {
		for _, period := range []pipeline.Period{year2014(), year2015()} {
			v := g.report(i, programme, period)
			v["CB10"] = v["CB14"]
		}
	}
	own := func(period pipeline.Period) reportKey { return reportKey{province, programme, period} }
	g.into[own(year2014())] = values{"CB10": 3, "CB11": 1, "CB13": 2, "CB20": 338, "CB21": 41, "CB23": 297}
	g.into[own(year2015())] = values{"CB10": 4, "CB12": 1, "CB13": 3, "CB20": 508, "CB22": 59, "CB23": 449}
}

// cadres shares out the grassroots cadres and those of them not trained yet.
func (g *generator) cadres() {
	all := g.split(9074, g.weights(func(u unit) int64 { return u.unions }))
	untrained := g.split(9074-8891, all)
	for i, now := range all {
		before := g.share(now, 94, 99)
		g.set(i, year2015(), "CB02", now)
		g.set(i, year2015(), "CB01", now-untrained[i])
		g.set(i, year2014(), "CB02", before)
		g.set(i, year2014(), "CB01", g.share(before, 55, 75))
	}
}

// setFlow writes what each unit reached over both years, from low to high
// percent of it in the first, and returns that part.
func (g *generator) setFlow(code string, totals []int64, low, high int64) []int64 {
	first := make([]int64, len(totals))
	for i, total := range totals {
		first[i] = g.share(total, low, high)
		g.set(i, year2014(), code, first[i])
		g.set(i, year2015(), code, total-first[i])
	}
	return first
}

// setCumulative writes a running count: its total in the second year, from low
// to high percent of that in the first.
func (g *generator) setCumulative(code string, totals []int64, low, high int64) {
	for i, total := range totals {
		g.set(i, year2014(), code, g.share(total, low, high))
		g.set(i, year2015(), code, total)
	}
}

func (g *generator) set(i int, period pipeline.Period, code string, value int64) {
	g.report(i, programme, period)[code] = value
}

func (g *generator) report(i int, form string, period pipeline.Period) values {
	key := reportKey{g.units[i].code, form, period}
	if g.into[key] == nil {
		g.into[key] = make(values)
	}
	return g.into[key]
}

func (g *generator) weights(of func(unit) int64) []int64 {
	all := make([]int64, len(g.units))
	for i, u := range g.units {
		all[i] = of(u)
	}
	return all
}

// share is from low to high percent of x, rounded down.
func (g *generator) share(x, low, high int64) int64 {
	return x * (10*low + g.rand.Int64N(10*(high-low)+1)) / 1000
}

// split shares total over weights that vary by up to a tenth, by largest
// remainder: whole shares that add up to total exactly. It stays within whole
// numbers, because floating point differs between processors.
func (g *generator) split(total int64, weights []int64) []int64 {
	var sum int64
	varied := make([]int64, len(weights))
	for i, w := range weights {
		varied[i] = w * (90 + g.rand.Int64N(21))
		sum += varied[i]
	}
	shares := make([]int64, len(weights))
	order := make([]int, len(weights))
	left := total
	for i, w := range varied {
		shares[i] = total * w / sum
		left -= shares[i]
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(total*varied[b]%sum, total*varied[a]%sum)
	})
	for _, i := range order[:left] {
		shares[i]++
	}
	return shares
}
