package disk

import "syscall"

// The kinds of file systems that are served by another machine, or by a program,
// by the magic numbers of statfs(2).
var remotes = map[uint32]string{
	0x6969: "NFS", 0x517b: "SMB", 0xff534d42: "CIFS", 0xfe534d42: "SMB", 0x65735546: "FUSE", 0x01021997: "9P", 0x00c36400: "Ceph",
	0x5346414f: "AFS", 0x6b414653: "AFS", 0x73757245: "Coda", 0x564c: "NCP", 0xaad7aaea: "PanFS", 0x19830326: "FhGFS", 0x0bd00bd0: "Lustre",
}

// The kinds of usual local file systems.
var locals = map[uint32]string{
	0xef53: "ext4", 0x58465342: "XFS", 0x9123683e: "Btrfs", 0x2fc12fc1: "ZFS", 0x794c7630: "overlay", 0x01021994: "tmpfs", 0xf2f52010: "F2FS",
}

// Remote is the kind of the file system at path and whether it lies on another
// machine. What is not known has no name and is called local.
func Remote(path string) (kind string, remote bool) {
	var s syscall.Statfs_t
	if syscall.Statfs(path, &s) != nil {
		return "", false
	}
	if name, ok := remotes[uint32(s.Type)]; ok {
		return name, true
	}
	return locals[uint32(s.Type)], false
}
