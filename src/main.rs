//! The outside world, read once; then `run`, then exit. It decides nothing.

use std::io::{self, IsTerminal};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use inquire::ui::{RenderConfig, Styled};
use inquire::{Select, Text};
use taizhang::{Ask, Disk, Exit, Overflow, Progress, Question, Terminal, ThisMachine, World, first_stack, run};

/// Room for the deepest that is ever called, many times over.
const STACK: usize = 2 << 20;

fn main() -> ExitCode {
    // A limit on the stack binds the first thread alone. Where another is not to be had, the first has to do.
    if first_stack().is_some_and(|most| most < STACK as u64)
        && let Ok(worker) = std::thread::Builder::new().stack_size(STACK).spawn(work)
    {
        return worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    }
    work()
}

fn work() -> ExitCode {
    ignore_file_size_signal();
    let is_zone = zone_ends();
    let clock = move || {
        #[expect(clippy::disallowed_methods, reason = "here is where the clock is read")]
        let now = std::time::SystemTime::now();
        // Not `Local::now()`: that panics where the clock is set before 1970.
        match is_zone {
            true => chrono::DateTime::<chrono::Local>::from(now).fixed_offset(),
            false => chrono::DateTime::<chrono::Utc>::from(now).fixed_offset(),
        }
    };
    let width = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let exit = run(World {
        arguments: std::env::args_os().collect(),
        environment: &|name| std::env::var_os(name),
        files: &Disk::default(),
        overflow: Overflow::into_folder(std::env::temp_dir()),
        machine: &ThisMachine,
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

/// Whether what `TZ` names can be read to an end. `chrono` reads whatever file it names whole, were it a pipe or
/// `/dev/zero`; no zone is there, or one with a way out of the folders of zones.
fn zone_ends() -> bool {
    let Some(zone) = std::env::var_os("TZ") else { return true };
    let zone = zone.to_string_lossy();
    let path = std::path::Path::new(zone.strip_prefix(':').unwrap_or(&zone));
    match path.is_absolute() {
        true => std::fs::metadata(path).is_ok_and(|file| file.is_file() && (1..=LARGEST_ZONE).contains(&file.len())),
        false => !path.components().any(|part| part == std::path::Component::ParentDir),
    }
}

/// No zone takes as many bytes.
const LARGEST_ZONE: u64 = 1 << 20;

/// A write beyond a file-size limit would kill the process with SIGXFSZ; a handled signal makes it an error instead.
fn ignore_file_size_signal() {
    #[cfg(unix)]
    {
        // Failing to register leaves the system's own behaviour, which loses no acknowledged row either.
        let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::new(AtomicBool::new(false)));
    }
}

/// Questions at the terminal, through `inquire`. It has words of its own for nothing that is asked here.
struct Prompt;

/// How many options of a list are seen at once.
const PAGE: usize = 12;

impl Prompt {
    fn look<'q>(question: &Question<'q>) -> RenderConfig<'q> {
        let plain = if question.color { RenderConfig::default_colored() } else { RenderConfig::empty() };
        let given_up = Styled { content: question.given_up, ..plain.canceled_prompt_indicator };
        plain.with_canceled_prompt_indicator(given_up)
    }
}

impl Ask for Prompt {
    fn text(&mut self, question: &Question<'_>, suggestion: &str) -> Option<String> {
        let text = Text::new(question.text).with_initial_value(suggestion).with_render_config(Self::look(question));
        let text = if question.help.is_empty() { text } else { text.with_help_message(question.help) };
        watched(|| text.prompt().ok())
    }

    fn choose(&mut self, question: &Question<'_>, options: &[String], cursor: usize) -> Option<usize> {
        // What begins with the letters typed comes first: `2` is the option of that number, not an amount with a 2 in it.
        let rank = |typed: &str, _: &String, option: &str, _: usize| {
            let (typed, option) = (typed.trim().to_lowercase(), option.trim_start().to_lowercase());
            match option.strip_prefix(&typed) {
                Some(rest) if rest.starts_with(' ') => Some(2),
                Some(_) => Some(1),
                None => option.contains(&typed).then_some(0),
            }
        };
        let select = Select::new(question.text, options.to_vec())
            .with_starting_cursor(cursor)
            .with_page_size(PAGE)
            .with_scorer(&rank)
            .with_sorter(&|ranked| ranked.sort_by_key(|(_, rank)| std::cmp::Reverse(*rank)))
            .with_formatter(&|chosen| columns(chosen.value))
            .with_render_config(Self::look(question));
        let select = match question.help {
            "" => select.without_help_message(),
            help => select.with_help_message(help),
        };
        watched(|| select.raw_prompt().ok().map(|chosen| chosen.index))
    }
}

/// How often it is looked whether the terminal is still there.
const GLANCE: Duration = Duration::from_millis(200);

/// Asks, and ends the program when the terminal goes meanwhile: where the signal that says so is ignored (`nohup`,
/// `trap '' HUP`), the reader of keys would read the end of a closed terminal for ever. Nothing is being written while
/// someone is asked, and there is nobody left to tell.
fn watched<T>(ask: impl FnOnce() -> T) -> T {
    let asking = Arc::new(AtomicBool::new(true));
    let still_asking = Arc::clone(&asking);
    // Without another thread the question is asked all the same.
    let _ = std::thread::Builder::new().spawn(move || {
        while still_asking.load(Ordering::Relaxed) {
            if !io::stdin().is_terminal() {
                std::process::exit(Exit::Io as i32);
            }
            std::thread::sleep(GLANCE);
        }
    });
    let answer = ask();
    asking.store(false, Ordering::Relaxed);
    answer
}

/// A line of aligned columns as a line by itself.
fn columns(line: &str) -> String {
    line.split("  ").map(str::trim).filter(|column| !column.is_empty()).collect::<Vec<_>>().join("  ")
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
