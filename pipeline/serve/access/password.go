package access

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// ErrShort tells that a password is too short to keep anybody out.
var ErrShort = errors.New("password is too short")

// MinPassword is how many letters a password has at least.
const MinPassword = 10

// The cost of one try: what OWASP asks of argon2id at least, so that a server of
// an office stands a few tries at once.
const (
	memoryKiB = 19 * 1024
	passes    = 2
	lanes     = 1
	keyBytes  = 32
	saltBytes = 16
)

// A hash is a password as it is kept: argon2id, written as other programs do.
type hash struct {
	memory, passes uint32
	lanes          uint8
	salt, key      []byte
}

// Hash is the password as it stands after a name and a colon in the file of staff.
func Hash(password string) (string, error) {
	if len([]rune(norm.NFC.String(password))) < MinPassword {
		return "", ErrShort
	}
	h := hash{memory: memoryKiB, passes: passes, lanes: lanes, salt: make([]byte, saltBytes)}
	if _, err := rand.Read(h.salt); err != nil {
		return "", fmt.Errorf("draw salt: %w", err)
	}
	h.key = h.derive(password, keyBytes)
	return h.String(), nil
}

// derive takes letters alike however a keyboard composes them: Vietnamese ones have two
// spellings.
func (h hash) derive(password string, size int) []byte {
	return argon2.IDKey(norm.NFC.Bytes([]byte(password)), h.salt, h.passes, h.memory, h.lanes, uint32(size))
}

// matches tells whether the password is the one that was hashed, in a time that
// does not depend on how nearly it is.
func (h hash) matches(password string) bool {
	return subtle.ConstantTimeCompare(h.derive(password, len(h.key)), h.key) == 1
}

var encoding = base64.RawStdEncoding.Strict()

func (h hash) String() string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, h.memory, h.passes, h.lanes,
		encoding.EncodeToString(h.salt), encoding.EncodeToString(h.key))
}

// parseHash reads what Hash wrote. Costs that would stop the server are refused.
func parseHash(text string) (h hash, err error) {
	parts := strings.Split(text, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" {
		return h, errors.New("not an argon2id hash as the command password prints it")
	}
	version := 0
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return h, fmt.Errorf("version %q of argon2 is not known", parts[2])
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &h.memory, &h.passes, &h.lanes); err != nil {
		return h, fmt.Errorf("costs %q can't be read", parts[3])
	}
	if h.memory < 8*1024 || h.memory > 256*1024 || h.passes < 1 || h.passes > 10 || h.lanes < 1 || h.lanes > 8 {
		return h, fmt.Errorf("costs %q are out of bounds", parts[3])
	}
	if h.salt, err = encoding.DecodeString(parts[4]); err != nil || len(h.salt) < 8 {
		return h, errors.New("salt can't be read")
	}
	if h.key, err = encoding.DecodeString(parts[5]); err != nil || len(h.key) < 16 || len(h.key) > 64 {
		return h, errors.New("key can't be read")
	}
	return h, nil
}
