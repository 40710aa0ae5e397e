//! Who has a device: processes that hold it open, lock files, the group that may read it.

use std::fmt;

/// A process that has the device open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    pub pid: u32,
    /// Name of its program, if the system tells.
    pub name: Option<String>,
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{name} (process {})", self.pid),
            None => write!(f, "process {}", self.pid),
        }
    }
}

#[cfg(target_os = "linux")]
pub(crate) use linux::{group_of, lock_file_owner, owner_of};

#[cfg(target_os = "linux")]
mod linux {
    use std::os::unix::fs::MetadataExt as _;
    use std::path::Path;

    use super::Owner;

    /// Where programs that follow the UUCP custom say that they use a port.
    const LOCK_FOLDERS: [&str; 3] = ["/var/lock", "/run/lock", "/var/spool/lock"];

    /// The likely owner of a device: first whoever has it open, else whoever says so by a lock file. Descriptors of
    /// other people's processes can only be seen by root. This process is only named if nobody else is found.
    pub(crate) fn owner_of(port: &str) -> Option<Owner> {
        let device = std::fs::canonicalize(port).ok()?;
        let (own, others): (Vec<_>, Vec<_>) = processes()
            .filter(|pid| has_open(Path::new("/proc"), *pid, &device))
            .partition(|pid| *pid == std::process::id());
        others
            .first()
            .map(|pid| owner(*pid))
            .or_else(|| lock_file_owner(port))
            .or_else(|| own.first().map(|pid| owner(*pid)))
    }

    /// The living process, other than this one, that a `LCK..` file names for the port.
    pub(crate) fn lock_file_owner(port: &str) -> Option<Owner> {
        let device = std::fs::canonicalize(port).ok()?;
        let name = device.file_name()?.to_str()?;
        LOCK_FOLDERS
            .iter()
            .find_map(|folder| std::fs::read_to_string(format!("{folder}/LCK..{name}")).ok())
            .and_then(|text| pid_in_lock_file(&text))
            .filter(|pid| *pid != std::process::id() && Path::new(&format!("/proc/{pid}")).exists())
            .map(owner)
    }

    /// The files hold the process number, right-aligned in ten columns, sometimes followed by names.
    fn pid_in_lock_file(text: &str) -> Option<u32> {
        text.split_whitespace().next()?.parse().ok()
    }

    /// Name of the group that owns the device.
    pub(crate) fn group_of(port: &str) -> Option<String> {
        let gid = std::fs::metadata(port).ok()?.gid();
        group_name(gid, &std::fs::read_to_string("/etc/group").ok()?)
    }

    fn group_name(gid: u32, etc_group: &str) -> Option<String> {
        etc_group.lines().find_map(|line| {
            let mut fields = line.split(':');
            let name = fields.next()?;
            (fields.nth(1)?.parse() == Ok(gid)).then(|| name.to_owned())
        })
    }

    fn processes() -> impl Iterator<Item = u32> {
        std::fs::read_dir("/proc")
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
    }

    fn has_open(proc: &Path, pid: u32, device: &Path) -> bool {
        std::fs::read_dir(proc.join(pid.to_string()).join("fd"))
            .into_iter()
            .flatten()
            .filter_map(|entry| std::fs::read_link(entry.ok()?.path()).ok())
            .any(|target| target == device)
    }

    fn owner(pid: u32) -> Owner {
        let name = std::fs::read_to_string(format!("/proc/{pid}/comm"))
            .ok()
            .map(|name| name.trim_end().to_owned())
            .filter(|name| !name.is_empty());
        Owner { pid, name }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn a_group_is_found_by_its_number() {
            let groups = "root:x:0:\ntty:x:5:\nbroken\ndialout:x:20:anna,ben\n";
            assert_eq!(group_name(20, groups).as_deref(), Some("dialout"));
            assert_eq!(group_name(2, groups), None);
        }

        #[test]
        fn lock_files_hold_a_process_number() {
            assert_eq!(pid_in_lock_file("       812\n"), Some(812));
            assert_eq!(pid_in_lock_file("812 minicom root\n"), Some(812));
            assert_eq!(pid_in_lock_file(""), None);
            assert_eq!(pid_in_lock_file("\u{1}\u{0}"), None);
        }

        #[test]
        fn who_holds_a_file_is_seen_in_proc() {
            let file = tempfile::NamedTempFile::new().unwrap();
            let path = file.path().canonicalize().unwrap();
            assert!(has_open(Path::new("/proc"), std::process::id(), &path));
            let mut other =
                std::process::Command::new("sleep").arg("60").stdin(file.reopen().unwrap()).spawn().unwrap();
            // Children that other tests start hold copies of all handles until they have begun.
            let seen = (0..500).any(|_| {
                std::thread::sleep(std::time::Duration::from_millis(10));
                owner_of(path.to_str().unwrap())
                    == Some(Owner { pid: other.id(), name: Some("sleep".to_owned()) })
            });
            other.kill().unwrap();
            other.wait().unwrap();
            assert!(seen);
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod elsewhere {
    use super::Owner;

    /// Other systems do not tell without rights of an administrator.
    pub(crate) fn owner_of(_port: &str) -> Option<Owner> {
        None
    }

    pub(crate) fn lock_file_owner(_port: &str) -> Option<Owner> {
        None
    }

    pub(crate) fn group_of(_port: &str) -> Option<String> {
        None
    }
}

#[cfg(not(target_os = "linux"))]
pub(crate) use elsewhere::{group_of, lock_file_owner, owner_of};
