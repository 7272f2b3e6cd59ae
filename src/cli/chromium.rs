//! The report on paper: `report.html` printed by Chromium, which needs no network and is given none.

mod contents;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use jiff::Timestamp;

use super::output::{Failure, note};

/// Under these names a browser that prints is found on the PATH.
const NAMES: [&str; 6] = [
    "chromium",
    "chromium-browser",
    "chromium-headless-shell",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];

/// A browser that answered.
#[derive(Debug)]
pub(super) struct Chromium(PathBuf);

impl Chromium {
    /// The browser that is named, or the first on the PATH.
    pub(super) fn find(named: Option<&Path>) -> Result<Self, Failure> {
        let answers = |browser: &Path| {
            let version = Command::new(browser)
                .arg("--version")
                .stdin(Stdio::null())
                .output();
            version.is_ok_and(|output| output.status.success())
        };
        match named {
            Some(browser) if answers(browser) => Ok(Self(browser.to_owned())),
            Some(browser) => Err(Failure::new(
                format_args!("{} is no browser that answers --version", browser.display()),
                "name Chromium's or Chrome's own program with --chromium",
            )),
            None => NAMES
                .iter()
                .map(Path::new)
                .find(|browser| answers(browser))
                .map(|browser| Self(browser.to_owned()))
                .ok_or_else(|| {
                    Failure::new(
                        "a PDF is printed by Chromium, and there is none on the PATH",
                        "install chromium or google-chrome (131 or later), name one with --chromium PATH, or open report.html \
                         in a browser and print it",
                    )
                }),
        }
    }

    /// Prints a page, dated with its run, with page numbers in its printed contents. The browser's own files go into a folder that
    /// is removed again.
    pub(super) fn print(&self, page: &[u8], run: Timestamp) -> Result<Vec<u8>, Failure> {
        let desk = Desk::new().map_err(|error| {
            Failure::new(
                format_args!("there is no room for a browser to work in: {error}"),
                "check the folder for temporary files (TMPDIR)",
            )
        })?;
        let first = self.once(&desk, page)?;
        let mut paper = match self.again(&desk, page, &first)? {
            Some(numbered) => numbered,
            None => {
                note(
                    "the contents of report.pdf have no page numbers: they could not be read from what the browser printed",
                );
                first
            }
        };
        date(&mut paper, run);
        Ok(paper)
    }

    /// Prints the page again, with the page numbers that the first paper tells. None where it does not tell them, or where a place is
    /// on another page then: a wrong number would be worse than none.
    fn again(&self, desk: &Desk, page: &[u8], first: &[u8]) -> Result<Option<Vec<u8>>, Failure> {
        let numbered = || {
            let places = contents::places(first)?;
            let page = std::str::from_utf8(page).ok()?;
            let page = contents::numbered(page, |place| places.get(place).copied())?;
            Some((places, page))
        };
        let Some((places, page)) = numbered() else {
            return Ok(None);
        };
        let second = self.once(desk, page.as_bytes())?;
        Ok((contents::places(&second) == Some(places)).then_some(second))
    }

    /// Prints a page as it is.
    fn once(&self, desk: &Desk, page: &[u8]) -> Result<Vec<u8>, Failure> {
        let (from, to) = (desk.0.join("report.html"), desk.0.join("report.pdf"));
        fs::write(&from, page)?;
        // What an earlier printing left is not what this one prints.
        if to.is_file() {
            fs::remove_file(&to)?;
        }
        let mut output = self.run(desk, &from, &to, true)?;
        if !to.is_file() {
            // Root and many containers have no sandbox for a browser. The page is ours, and its policy forbids every load and
            // every script but its own.
            output = self.run(desk, &from, &to, false)?;
        }
        match fs::read(&to) {
            Ok(paper) if paper.starts_with(b"%PDF") => Ok(paper),
            Ok(_) | Err(_) => {
                let said = String::from_utf8_lossy(&output.stderr);
                note(said.trim_end());
                Err(Failure::new(
                    format_args!("{} printed nothing ({})", self.0.display(), output.status),
                    "what it said is above; open report.html in a browser and print it",
                ))
            }
        }
    }

    fn run(&self, desk: &Desk, from: &Path, to: &Path, sandboxed: bool) -> Result<Output, Failure> {
        let mut command = Command::new(&self.0);
        command
            .args([
                "--headless",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-quic",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                // The page numbers and heads are the page's own.
                "--no-pdf-header-footer",
                // Tags and the outline that is made of them would make the file five times as large. Who needs tags has the page.
                "--disable-pdf-tagging",
            ])
            .arg(format!(
                "--user-data-dir={}",
                desk.0.join("profile").display()
            ))
            .arg(format!("--print-to-pdf={}", to.display()))
            .args((!sandboxed).then_some("--no-sandbox"))
            .arg(format!("file://{}", from.display()))
            .env("TZ", "UTC")
            .stdin(Stdio::null());
        command.output().map_err(|error| {
            Failure::new(
                format_args!("{} cannot be run: {error}", self.0.display()),
                "name a Chromium that runs with --chromium",
            )
        })
    }
}

/// Puts the time of the run where the browser put its own, so that the same browser prints the same bytes of the same run. The
/// length stays, because a PDF points into itself by position.
fn date(paper: &mut [u8], run: Timestamp) {
    const LENGTH: usize = "20261124021109".len();
    let date = run.strftime("%Y%m%d%H%M%S").to_string();
    for name in ["/CreationDate (D:", "/ModDate (D:"] {
        let at = paper
            .windows(name.len())
            .position(|window| window == name.as_bytes());
        let Some(from) = at.map(|at| at + name.len()) else {
            continue;
        };
        if let Some(digits) = paper.get_mut(from..from + LENGTH)
            && digits.len() == date.len()
            && digits.iter().all(u8::is_ascii_digit)
        {
            digits.copy_from_slice(date.as_bytes());
        }
    }
}

/// A folder that is removed with the value.
struct Desk(PathBuf);

impl Desk {
    fn new() -> io::Result<Self> {
        let top = std::env::temp_dir();
        for n in 0..u32::MAX {
            let folder = top.join(format!("tieout-{}-{n}", std::process::id()));
            match private(&folder) {
                Ok(()) => return fs::canonicalize(folder).map(Self),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::Error::other("every name is taken"))
    }
}

/// Makes a folder that nobody else looks into, and that was not there before.
fn private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(folder)
}

impl Drop for Desk {
    fn drop(&mut self) {
        // Left in the folder for temporary files, it harms nobody.
        let _gone = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn a_pdf_is_dated_with_its_run_and_keeps_its_length() {
        let mut paper = b"%PDF /CreationDate (D:20261201080000+00'00') /ModDate (D:20261201080000+00'00') (D:x)".to_vec();
        date(&mut paper, "2026-11-24T02:11:09.5Z".parse().unwrap());
        let expected = b"%PDF /CreationDate (D:20261124021109+00'00') /ModDate (D:20261124021109+00'00') (D:x)";
        assert_eq!(paper, expected);
        for odd in ["/CreationDate (D:2026)", "/CreationDate (D:", "%PDF"] {
            let mut paper = odd.as_bytes().to_vec();
            date(&mut paper, "2026-11-24T02:11:09Z".parse().unwrap());
            assert_eq!(paper, odd.as_bytes());
        }
    }
}
