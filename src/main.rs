//! The outside world, read once; then `run`, then exit. It decides nothing.

use std::io::{self, IsTerminal};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use indicatif::{ProgressBar, ProgressStyle};
use inquire::Text;
use taizhang::{Ask, Disk, Progress, Terminal, World, run};

fn main() -> ExitCode {
    ignore_file_size_signal();
    // Not `Local::now()`: that panics where the clock is set before 1970.
    #[expect(clippy::disallowed_methods, reason = "here is where the clock is read")]
    let clock = || chrono::DateTime::<chrono::Local>::from(std::time::SystemTime::now()).fixed_offset();
    let width = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let exit = run(World {
        arguments: std::env::args_os().collect(),
        environment: &|name| std::env::var(name).ok(),
        files: &Disk::default(),
        clock: &clock,
        wait: &std::thread::sleep,
        out: &mut io::stdout().lock(),
        err: &mut io::stderr().lock(),
        terminal: Terminal {
            input: io::stdin().is_terminal() && io::stderr().is_terminal(),
            out: io::stdout().is_terminal(),
            err: io::stderr().is_terminal(),
            width,
        },
        ask: &mut Prompt,
        progress: &mut Bar::default(),
    });
    ExitCode::from(exit as u8)
}

/// A write beyond a file-size limit would kill the process with SIGXFSZ; a handled signal makes it an error instead.
fn ignore_file_size_signal() {
    #[cfg(unix)]
    {
        // Failing to register leaves the system's own behaviour, which loses no acknowledged row either.
        let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::new(AtomicBool::new(false)));
    }
}

/// Questions at the terminal, through `inquire`.
struct Prompt;

impl Ask for Prompt {
    fn text(&mut self, question: &str) -> Option<String> {
        Text::new(question).prompt().ok()
    }
}

/// How far long work has come, on the terminal's last line, through `indicatif`.
#[derive(Default)]
struct Bar(Option<ProgressBar>);

impl Progress for Bar {
    fn show(&mut self, done: u64, total: u64) {
        let bar = self.0.get_or_insert_with(|| {
            let style = ProgressStyle::with_template("{bar:40} {percent:>3}%").unwrap_or(ProgressStyle::default_bar());
            ProgressBar::new(total).with_style(style.progress_chars("█▌░"))
        });
        bar.set_length(total);
        bar.set_position(done);
    }

    fn clear(&mut self) {
        if let Some(bar) = self.0.take() {
            bar.finish_and_clear();
        }
    }
}
