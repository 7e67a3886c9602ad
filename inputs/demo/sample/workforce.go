package sample

import "tonghop/pipeline"

// A cutoff is one of the four days the workforce is counted on, with its size
// in thousandths of the last.
type cutoff struct {
	period pipeline.Period
	size   int64
}

func cutoffs() []cutoff {
	return []cutoff{{half2014(), 946}, {year2014(), 961}, {half2015(), 983}, {year2015(), 1000}}
}

// workforce makes up the four reports of form 2-HDCD of one unit. All of them
// are stocks, so that nothing adds up over the periods.
func (g *generator) workforce(i int) {
	u := g.units[i]
	last := g.share(g.report(i, programme, year2015())["HT02"], 102, 110)
	women := g.share(1000, 36, 58) // per thousand
	wage := 2_900_000 + g.rand.Int64N(40)*10_000
	for _, at := range cutoffs() {
		v := g.report(i, activity, at.period)
		v["LD01"] = last * at.size / 1000
		v["LD02"] = v["LD01"] * women / 1000
		v["LD03"] = g.underemployed(u, v["LD01"])
		v["LD04"] = g.share(v["LD03"], 30, 55)
		g.wages(u, v, wage*at.size/1000)
		g.living(u, v)
	}
}

// underemployed are few and none in offices, schools and hospitals.
func (g *generator) underemployed(u unit, workers int64) int64 {
	if u.kind == "sector" {
		return 0
	}
	return g.share(workers, 0, 3)
}

// wages makes up the average wage and those of the two sectors that the form
// asks for. The average is weighted by the people in it.
func (g *generator) wages(u unit, v values, elsewhere int64) {
	counted := g.share(v["LD01"], 86, 97)
	offices, public := counted*u.offices/100, counted*u.public/100
	v["TL02"], v["TL12"], v["TL22"] = counted, offices, public
	officeWage, publicWage := thousands(g.share(elsewhere, 118, 132)), thousands(g.share(elsewhere, 124, 140))
	if offices > 0 {
		v["TL11"] = officeWage
	}
	if public > 0 {
		v["TL21"] = publicWage
	}
	rest := counted - offices - public
	v["TL01"] = (offices*officeWage + public*publicWage + rest*thousands(elsewhere)) / counted
}

// living makes up wage arrears, housing, contracts and insurance.
func (g *generator) living(u unit, v values) {
	if u.kind == "zone" || u.code == "H01" {
		v["TL03"] = thousands(v["LD03"] * 1_150_000)
	} else {
		v["TL03"] = 0
	}
	v["NO01"] = g.share(v["LD01"], 1, 5)
	v["NO02"] = g.share(v["LD01"], 6, 18)
	v["HD01"] = g.share(v["LD01"], 82, 96)
	v["HD02"] = g.share(v["HD01"], 86, 98)
}

// thousands rounds an amount in đồng down to thousands.
func thousands(x int64) int64 { return x / 1000 * 1000 }
