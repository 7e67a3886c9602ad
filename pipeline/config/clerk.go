package config

import (
	"fmt"
	"time"

	"github.com/pelletier/go-toml/v2"
)

// A Clerk tells of a bundle for a unit's own PC. A workspace of staff has none.
type Clerk struct {
	Unit string    // whose reports are checked; empty: the workbook says whose it is
	Made time.Time // the day on which the bundle was made; zero in a workspace
	// Handed are the SHA-256 of the blank forms in it: nobody has filled them in yet.
	Handed []string
}

// clerk is the table [clerk] of tonghop.toml.
type clerk struct {
	Unit   string   `toml:"unit,omitempty"`
	Made   string   `toml:"made,omitempty"`
	Handed []string `toml:"handed,omitempty"`
}

func (c clerk) validate() (Clerk, error) {
	if c.Made == "" {
		return Clerk{Unit: c.Unit, Handed: c.Handed}, nil
	}
	made, err := time.Parse(time.DateOnly, c.Made)
	if err != nil {
		return Clerk{}, fmt.Errorf("clerk.made = %q: want a day such as 2026-01-31", c.Made)
	}
	return Clerk{Unit: c.Unit, Made: made, Handed: c.Handed}, nil
}

// ForClerk is the tonghop.toml of a bundle: the settings by which reports are
// judged, and no others.
func (c *Config) ForClerk(clerks Clerk) ([]byte, error) {
	settings := struct {
		Language   string `toml:"language"`
		Zone       string `toml:"zone"`
		YearStarts string `toml:"year_starts"`
		Limits     limits `toml:"limits"`
		Clerk      clerk  `toml:"clerk"`
	}{
		Language: c.Language, Zone: c.Zone.String(), YearStarts: fmt.Sprintf("%02d-%02d", c.StartMonth, c.StartDay),
		Limits: c.limits(), Clerk: clerk{clerks.Unit, clerks.Made.Format(time.DateOnly), clerks.Handed},
	}
	data, err := toml.Marshal(settings)
	if err != nil {
		return nil, fmt.Errorf("write settings: %w", err)
	}
	return data, nil
}
