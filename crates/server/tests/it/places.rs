//! Places that a story can starve: a small disk, a PostgreSQL of its own.

use std::{
    env,
    ffi::CString,
    fs::{self, File},
    io::{self, BufRead as _, BufReader, Write as _},
    os::unix::ffi::OsStrExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use tempfile::TempDir;

/// Set in a process that was given mounts of its own.
const OWN_MOUNTS: &str = "STORY_HAS_OWN_MOUNTS";
/// The least that a file on the disk takes.
const PAGE_BYTES: usize = 4 << 10;

/// A file system of a few megabytes, gone when dropped.
pub struct SmallDisk {
    folder: TempDir,
}

/// A small disk; `None` once `test` has been told by a process that may mount one.
///
/// Mounting takes root. Where that is not to be had, the test runs itself again in a user namespace of its own; where
/// there are none either, it fails and says so.
pub fn small_disk(test: &str, megabytes: u32) -> Option<SmallDisk> {
    match SmallDisk::mount(megabytes) {
        Ok(disk) => Some(disk),
        Err(error) if env::var_os(OWN_MOUNTS).is_some() => panic!("a namespace of its own cannot mount: {error}"),
        Err(error) => {
            let mut again = Command::new("unshare");
            again.args(["--user", "--map-root-user", "--mount"]).arg(env::current_exe().expect("this test"));
            again.args(["--exact", test, "--nocapture"]).env(OWN_MOUNTS, "yes");
            let passed = again.status().is_ok_and(|status| status.success());
            assert!(
                passed,
                "{test} needs a small disk: root, or user namespaces (unshare -rm); mounting said: {error}"
            );
            None
        }
    }
}

impl SmallDisk {
    fn mount(megabytes: u32) -> io::Result<Self> {
        let folder = tempfile::tempdir()?;
        let (kind, target) = (c"tmpfs", path_of(folder.path()));
        let size = CString::new(format!("size={megabytes}m")).expect("no nought in it");
        // SAFETY: every pointer is a text that outlives the call.
        let code = unsafe {
            libc::mount(kind.as_ptr(), target.as_ptr(), kind.as_ptr(), libc::MS_NOSUID, size.as_ptr().cast())
        };
        if code == 0 { Ok(Self { folder }) } else { Err(io::Error::last_os_error()) }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    fn ballast(&self) -> PathBuf {
        self.path().join("ballast")
    }

    /// Leaves no byte free.
    pub fn fill(&self) {
        let mut ballast = File::options().create(true).append(true).open(self.ballast()).expect("a file");
        let page = [1; PAGE_BYTES];
        loop {
            match ballast.write_all(&page) {
                Ok(()) => {}
                Err(error) if error.raw_os_error() == Some(libc::ENOSPC) => return,
                Err(error) => panic!("the disk fails before it is full: {error}"),
            }
        }
    }

    /// Gives back what [`fill`](Self::fill) took.
    pub fn free(&self) {
        fs::remove_file(self.ballast()).expect("there was ballast");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let target = path_of(self.path());
        // SAFETY: the pointer is a text that outlives the call.
        unsafe { libc::umount2(target.as_ptr(), libc::MNT_DETACH) };
    }
}

fn path_of(path: &Path) -> CString {
    CString::new(path.as_os_str().as_bytes()).expect("no nought in a path")
}

/// A PostgreSQL cluster of a story's own, which it can stop and start. Gone when dropped.
pub struct OwnPostgres {
    keeper: Child,
    pub url: String,
    control: String,
}

impl OwnPostgres {
    pub fn start() -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/with_postgres.sh");
        let mut command = Command::new(script);
        // The cluster lives until the input ends, at the latest with this process.
        command.args(["sh", "-c", "echo $TRIBUTARY_RECORDS_URL; echo $WITH_POSTGRES_CONTROL; exec cat"]);
        // It is stopped at once: what was committed must be on its disk, as in an installation.
        command.env("WITH_POSTGRES_DURABLE", "1");
        let mut keeper = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("with_postgres.sh");
        let mut lines = BufReader::new(keeper.stdout.take().expect("piped")).lines();
        let mut told = || lines.next().expect("this story needs PostgreSQL").expect("a line");
        let (url, control) = (told(), told());
        Self { keeper, url, control }
    }

    pub fn stop(&self) {
        self.tell("stop");
    }

    pub fn start_again(&self) {
        self.tell("start");
    }

    fn tell(&self, what: &str) {
        let status = Command::new("bash").args([&self.control, what]).status().expect("the cluster's control");
        assert!(status.success(), "PostgreSQL does not {what}");
    }
}

impl Drop for OwnPostgres {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}
