//! Step by step at a terminal: what a command cannot do without is asked for, every answer is tried at once by the
//! command's own code, and the whole is shown and confirmed before anything is written. The commands know nothing of it.

use std::ffi::OsString;

use clap::ArgMatches;

use super::answer::{Answer, joined, line};
use super::books::{self, Books};
use super::desk::{Decision, Desk, Nobody};
use super::glance::Glance;
use super::options::{self, Stamping};
use super::questions::{self, Questions};
use super::{Verb, command_line, open, typed};
use crate::domain::rules::{Refusal, check_date};
use crate::lang::{self, Inquiry, Manner, Phrase, phrase};
use crate::problem::{Exit, Failure, Problem, ProblemKind, Usage};

/// Why the questions end before the command runs.
pub(super) enum Stop {
    GivenUp,
    Failed(Failure),
}

impl<F: Into<Failure>> From<F> for Stop {
    fn from(failure: F) -> Self {
        Self::Failed(failure.into())
    }
}

/// Questions and answers about one command.
pub(super) struct Conversation<'d, 'w> {
    pub(super) desk: &'d mut Desk<'w>,
    pub(super) books: Books<'w>,
    pub(super) glance: Glance,
    pub(super) verb: &'static Verb,
    pub(super) questions: Questions,
    /// What was typed, the program's name first.
    typed: Vec<OsString>,
    pub(super) answers: Vec<Answer>,
    /// What was answered the time before, when it is gone through again.
    former: Vec<Answer>,
}

/// Instead of failing for want of something, asks for it, if there is someone to ask.
pub(super) fn instead(desk: &mut Desk<'_>, typed: Vec<OsString>, failure: Failure) -> Result<Exit, Failure> {
    if !desk.world.terminal.input || !wants_an_answer(&failure) {
        return Err(failure);
    }
    let Some((verb, matches)) = command_line::as_far_as_it_goes(typed.clone(), desk.language) else {
        return Err(failure);
    };
    let Some(questions) = questions::of(verb.name) else { return Err(failure) };
    // A bill in parts has no allocation of its own to ask for, and its parts are not asked for one by one.
    if matches.try_contains_id("split").is_ok_and(|is_typed| is_typed) {
        return Err(failure);
    }
    desk.settle(&matches)?;
    let mut problems = Vec::new();
    let stamping = Stamping::read(&matches, &mut problems);
    Failure::unless_none(problems)?;
    let books = books::open(desk)?;
    let was_open = books.ledger.exists()?;
    if !was_open && !questions.offers_to_open {
        return Err(Refusal::NotOpened.into());
    }
    if !was_open && open::offer(desk, &books, &stamping)? != Exit::Done {
        return Ok(Exit::No);
    }
    let mut glance = Glance::at(&books, desk.today())?;
    glance.obstacles(&books)?;
    let (answers, former) = (Vec::new(), Vec::new());
    let mut conversation = Conversation { desk, books, glance, verb, questions, typed, answers, former };
    match conversation.run() {
        Ok(exit) => Ok(exit),
        Err(Stop::Failed(failure)) => Err(failure),
        Err(Stop::GivenUp) => {
            let said = phrase(desk.language, if was_open { &Phrase::NothingDone } else { &Phrase::OnlyOpened });
            desk.print(&format!("{said}\n"), false)?;
            Ok(Exit::No)
        }
    }
}

/// Whether a command failed for nothing but want of something that can be asked for. Then it has changed nothing.
fn wants_an_answer(failure: &Failure) -> bool {
    let wants = |problem: &Problem| {
        matches!(
            problem.kind,
            ProblemKind::Usage(Usage::MissingArguments { .. } | Usage::DateNeeded { .. })
                | ProblemKind::Refused(Refusal::NothingToCorrect { .. } | Refusal::FundNeeded { .. })
        )
    };
    failure.0.iter().all(wants)
}

impl Conversation<'_, '_> {
    fn run(&mut self) -> Result<Exit, Stop> {
        self.ask_operator()?;
        // What was typed already may be wrong by itself; then nothing needs to be asked.
        self.judge(&[])?;
        let matches = loop {
            self.ask_all()?;
            let matches = match self.whole(&self.answers) {
                Ok(matches) if matches.get_flag("dry-run") => break matches,
                whole => whole.and_then(|matches| self.preview().map(|()| matches)),
            };
            match matches {
                Err(failure) if wants_an_answer(&failure) && self.lacks_one_of_many() => {
                    self.tell(&(phrase(self.desk.language, &Phrase::OneIsNeeded) + "\n"));
                }
                Err(failure) => return Err(failure.into()),
                Ok(matches) => match self.decision()? {
                    Decision::Yes => break matches,
                    Decision::No | Decision::Nothing => return Err(Stop::GivenUp),
                    Decision::Change => {
                        // Who is writing does not change.
                        let (kept, former) =
                            std::mem::take(&mut self.answers).into_iter().partition(Answer::is_operator);
                        (self.answers, self.former) = (kept, former);
                    }
                },
            }
        };
        let exit = (self.verb.run)(self.desk, &matches)?;
        if exit == Exit::Done {
            let line = line(&joined(&self.typed, &self.answers));
            self.tell(&(phrase(self.desk.language, &Phrase::NextTime { line }) + "\n"));
        }
        Ok(exit)
    }

    /// Whether to go on, in a word; anything else is asked again, so that a stray Enter loses no answers.
    fn decision(&mut self) -> Result<Decision, Stop> {
        let inquiry = if self.verb.name == "close" { Inquiry::ToClose } else { Inquiry::ToWrite };
        loop {
            let answer = self.line(&inquiry, &Manner::Needed, "")?;
            if let Some(decision) = Decision::read(&answer).filter(|decision| *decision != Decision::Nothing) {
                return Ok(decision);
            }
        }
    }

    /// Runs the command dry and shows what it says, on stderr: it is there to be agreed to, not to be kept.
    fn preview(&mut self) -> Result<(), Failure> {
        let said = self.rehearse(&self.answers)?;
        self.tell(&said);
        Ok(())
    }

    /// Runs the command dry with these answers. What it says is returned; nothing of it is seen yet.
    fn rehearse(&self, answers: &[Answer]) -> Result<String, Failure> {
        let dry = [answers, &[Answer::flag("dry-run")]].concat();
        let matches = self.whole(if self.is_given("dry-run") { answers } else { &dry })?;
        let (mut out, mut err, mut nobody) = (Vec::new(), Vec::new(), [Nobody, Nobody]);
        (self.verb.run)(&mut self.desk.rehearsal(&mut out, &mut err, &mut nobody), &matches)?;
        err.extend(out);
        Ok(String::from_utf8_lossy(&err).into_owned())
    }

    /// The command as it would be typed with these answers, understood.
    fn whole(&self, answers: &[Answer]) -> Result<ArgMatches, Failure> {
        match command_line::parse(joined(&self.typed, answers), self.desk.language)? {
            command_line::Typed::Command(_, matches) => Ok(matches),
            command_line::Typed::Text(_) => Err(Usage::NoCommand.into()),
        }
    }

    /// What is wrong with these answers after those before: first by the code that reads options, then, as soon as there
    /// is enough to run it, by the command itself.
    fn judge(&self, answers: &[Answer]) -> Result<(), Failure> {
        let mut answers = [self.answers.as_slice(), answers].concat();
        self.check(&self.given(&answers))?;
        let stand_in = self.questions.stand_in.filter(|name| !self.has(&answers, name));
        answers.extend(stand_in.map(|name| Answer::new(name, "1")));
        match self.rehearse(&answers) {
            Err(failure) if !wants_an_answer(&failure) => Err(failure),
            Ok(_) | Err(_) => Ok(()),
        }
    }

    /// Everything given so far, as the command would read it.
    fn check(&self, matches: &ArgMatches) -> Result<(), Failure> {
        let problems = &mut Vec::new();
        let given = |name: &&str| matches.try_contains_id(name).is_ok_and(|given| given);
        for name in ["amount", "add", "cut"].into_iter().filter(given) {
            typed::positive(matches, name, problems);
        }
        for name in ["by", "payee", "memo", "voucher", "payment", "doc"].into_iter().filter(given) {
            options::text(matches, name, problems);
        }
        if given(&"row") {
            typed::row(matches, problems);
        }
        if given(&"date")
            && let Some(date) = typed::date(matches, "date", problems)
        {
            let today = self.desk.today().min(self.desk.now().date_naive());
            problems.extend(check_date(date, today, &self.glance.ledger).into_iter().map(Problem::from));
        }
        Failure::unless_none(std::mem::take(problems))
    }

    /// Keeps answers that nothing is wrong with. What is wrong is said, and then they are to be asked for again.
    pub(super) fn keeps(&mut self, answers: Vec<Answer>) -> Result<bool, Stop> {
        let good = self.is_good(&answers)?;
        if good {
            self.answers.extend(answers);
        }
        Ok(good)
    }

    /// Keeps answers that nobody was asked for; what is wrong with them ends it.
    pub(super) fn keeps_or_fails(&mut self, answers: Vec<Answer>) -> Result<(), Stop> {
        self.judge(&answers)?;
        self.answers.extend(answers);
        Ok(())
    }

    /// Whether nothing is wrong with these answers; what is wrong is said.
    pub(super) fn is_good(&mut self, answers: &[Answer]) -> Result<bool, Stop> {
        match self.judge(answers) {
            Ok(()) => Ok(true),
            Err(failure) if matches!(failure.exit(), Exit::Usage | Exit::Refused) => {
                self.desk.complain(&failure.0);
                Ok(false)
            }
            Err(failure) => Err(failure.into()),
        }
    }

    fn given(&self, answers: &[Answer]) -> ArgMatches {
        let typed = joined(&self.typed, answers);
        command_line::as_far_as_it_goes(typed, self.desk.language).map(|(_, matches)| matches).unwrap_or_default()
    }

    fn has(&self, answers: &[Answer], name: &str) -> bool {
        self.given(answers).try_contains_id(name).is_ok_and(|given| given)
    }

    /// Whether something was typed or answered.
    pub(super) fn is_given(&self, name: &str) -> bool {
        let matches = self.given(&self.answers);
        matches.try_get_one::<bool>(name).map_or_else(
            |_| matches.try_contains_id(name).is_ok_and(|given| given),
            |flag| flag.is_some_and(|flag| *flag),
        )
    }

    /// What was typed or answered.
    pub(super) fn value(&self, name: &str) -> Option<String> {
        self.given(&self.answers).try_get_one::<String>(name).ok().flatten().cloned()
    }

    /// What was answered the time before.
    pub(super) fn before(&self, name: &str) -> String {
        self.former.iter().find(|answer| answer.name == name).map(|answer| answer.value.clone()).unwrap_or_default()
    }

    fn lacks_one_of_many(&self) -> bool {
        !self.questions.one_of.is_empty() && !self.questions.one_of.iter().any(|name| self.is_given(name))
    }

    /// Asks for a line of text.
    pub(super) fn line(&mut self, inquiry: &Inquiry, manner: &Manner, suggestion: &str) -> Result<String, Stop> {
        let asked = lang::inquiry(self.desk.language, inquiry, manner);
        let answer = self.desk.asks(&asked.text, &asked.help, suggestion).ok_or(Stop::GivenUp)?;
        Ok(answer.trim().to_owned())
    }

    /// Lets one of several be chosen.
    pub(super) fn choice(&mut self, inquiry: &Inquiry, options: &[String], cursor: usize) -> Result<usize, Stop> {
        let asked = lang::inquiry(self.desk.language, inquiry, &Manner::Choice);
        self.desk.choices(&asked.text, &asked.help, options, cursor).ok_or(Stop::GivenUp)
    }

    fn tell(&mut self, said: &str) {
        // What can't be shown here changes nothing.
        let _ = self.desk.world.err.write_all(said.as_bytes());
        let _ = self.desk.world.err.flush();
    }
}
