//! The machine around the files: what kind of disk a path is on, whose it is, and this program started once more.
//! It decides nothing. The only room that names `rustix`.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What the machine says of a path; `None` where it can't say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// Bytes free for this user.
    pub free: Option<u64>,
    /// The file system's type by name, such as `ext4`.
    pub file_system: Option<String>,
    /// Whether it is mounted read-only.
    pub read_only: Option<bool>,
    /// The user it belongs to.
    pub owner: Option<u32>,
    /// Its permission bits.
    pub mode: Option<u32>,
}

/// What is asked of the machine beyond its files.
pub trait Machine {
    /// What it says of a path.
    fn place(&self, path: &Path) -> Place;

    /// Runs this program once more with these arguments, and returns its exit code; `None` if it can't be started.
    fn run_again(&self, arguments: &[&OsStr]) -> Option<i32>;
}

/// The machine the program runs on.
#[derive(Debug, Clone, Copy, Default)]
pub struct ThisMachine;

impl Machine for ThisMachine {
    #[cfg(unix)]
    fn place(&self, path: &Path) -> Place {
        use std::os::unix::fs::MetadataExt;
        let statistics = rustix::fs::statvfs(path).ok();
        let mount = std::fs::canonicalize(path).ok().and_then(|path| mount_of(&path));
        let metadata = std::fs::metadata(path).ok();
        Place {
            free: statistics.as_ref().map(|found| found.f_bavail.saturating_mul(found.f_frsize)),
            read_only: statistics.map(|found| found.f_flag.contains(rustix::fs::StatVfsMountFlags::RDONLY)),
            file_system: mount,
            owner: metadata.as_ref().map(MetadataExt::uid),
            mode: metadata.map(|metadata| metadata.mode() & 0o7777),
        }
    }

    #[cfg(not(unix))]
    fn place(&self, _path: &Path) -> Place {
        Place::default()
    }

    fn run_again(&self, arguments: &[&OsStr]) -> Option<i32> {
        let program = std::env::current_exe().ok()?;
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().ok()?.code()
    }
}

/// The type of the file system a path is on, from Linux's own list of mounts.
#[cfg(unix)]
fn mount_of(path: &Path) -> Option<String> {
    file_system_in(&std::fs::read_to_string("/proc/self/mountinfo").ok()?, path)
}

/// The same from such a list's text: the deepest mount above the path, and of those the last.
fn file_system_in(mounts: &str, path: &Path) -> Option<String> {
    let mut deepest: Option<(usize, &str)> = None;
    for line in mounts.lines() {
        let Some((before, after)) = line.split_once(" - ") else { continue };
        let (Some(point), Some(kind)) = (before.split(' ').nth(4), after.split(' ').next()) else { continue };
        let point = PathBuf::from(unescaped(point));
        let depth = point.components().count();
        if path.starts_with(&point) && deepest.is_none_or(|(known, _)| depth >= known) {
            deepest = Some((depth, kind));
        }
    }
    deepest.map(|(_, kind)| kind.to_owned())
}

/// A name as it was before blanks and the like became `\040`.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let octal = after.get(..3).and_then(|digits| std::str::from_utf8(digits).ok());
        match octal.and_then(|digits| u8::from_str_radix(digits, 8).ok()).filter(|_| *first == b'\\') {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[3..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// How many bytes of stack the system leaves the first thread at most, where it says so.
#[must_use]
pub fn first_stack() -> Option<u64> {
    #[cfg(unix)]
    return rustix::process::getrlimit(rustix::process::Resource::Stack).current;
    #[cfg(not(unix))]
    return None;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the machine says of itself in other ways.
    #[cfg(target_os = "linux")]
    #[test]
    fn this_machine_is_told_as_it_is() {
        use std::os::unix::fs::PermissionsExt;

        let folder = std::env::temp_dir().join(format!("taizhang-place-{}", std::process::id()));
        std::fs::create_dir(&folder).expect("a folder");
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o1750)).expect("set");
        let place = ThisMachine.place(&folder);
        std::fs::remove_dir(&folder).expect("removed");
        assert_eq!((place.mode, place.read_only), (Some(0o1750), Some(false)));
        assert_eq!(place.owner, Some(rustix::process::geteuid().as_raw()));
        assert_eq!(ThisMachine.place(Path::new("/proc/self")).file_system.as_deref(), Some("proc"));
        let limits = std::fs::read_to_string("/proc/self/limits").expect("the kernel tells");
        let stack = limits.lines().find_map(|line| line.strip_prefix("Max stack size")).expect("a limit");
        assert_eq!(first_stack(), stack.split_whitespace().next().and_then(|bytes| bytes.parse().ok()));
    }

    #[test]
    fn the_deepest_mount_above_a_path_says_its_file_system() {
        let mounts = "\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:26 / /mnt/office\\040share rw - cifs //server/share rw
31 22 0:27 / /mnt ro - tmpfs tmpfs rw
32 22 0:28 / /data rw master:7 - nfs4 server:/data rw
33 32 0:29 / /data rw - btrfs /dev/sdb rw
";
        for (path, kind) in [
            ("/srv/a.csv", "ext4"),
            ("/mnt/office share/a.csv", "cifs"),
            ("/mnt/a.csv", "tmpfs"),
            ("/mntx/a.csv", "ext4"),
            ("/data/a.csv", "btrfs"),
        ] {
            assert_eq!(file_system_in(mounts, Path::new(path)).as_deref(), Some(kind), "{path}");
        }
        assert_eq!(file_system_in("", Path::new("/")), None);
    }
}
