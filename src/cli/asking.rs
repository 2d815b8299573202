//! How each question is put at a terminal: what there is to choose from, what stands there already, what is asked again.

use super::allocations;
use super::answer::Answer;
use super::ask::{Conversation, Stop};
use super::choices::with_twin;
use super::claim::{plain_memo, said};
use super::desk::Decision;
use super::questions::Step;
use crate::domain::amount::Amount;
use crate::domain::budget::Fund;
use crate::domain::calendar::{Date, FiscalYear, Month};
use crate::domain::economic::{self, Listing};
use crate::domain::entry::{Kind, Particulars};
use crate::domain::rules::Refusal;
use crate::lang::{self, Choice, Inquiry, Manner, Phrase, phrase};
use crate::problem::Usage;
use crate::render::listing;
use crate::render::sheet::Cell;

/// Columns that a list of options needs for itself.
const FRAME: usize = 3;

impl Conversation<'_, '_> {
    /// Who is writing, unless that is known.
    pub(super) fn ask_operator(&mut self) -> Result<(), Stop> {
        if self.is_given("by") || (self.desk.world.environment)("TAIZHANG_BY").is_some() {
            return Ok(());
        }
        let question = phrase(self.desk.language, &Phrase::AskOperator);
        loop {
            let known = self.desk.operator.take();
            let name = known.or_else(|| self.desk.asks(&question, "", "")).ok_or(Stop::GivenUp)?;
            if name.trim().is_empty() {
                self.desk.complain(&[Usage::OperatorNeeded.into()]);
            } else if self.keeps(vec![Answer::new("by", name.trim())])? {
                return Ok(());
            }
        }
    }

    pub(super) fn ask_all(&mut self) -> Result<(), Stop> {
        self.questions.steps.iter().try_for_each(|step| self.ask(*step))
    }

    fn ask(&mut self, step: Step) -> Result<(), Stop> {
        let is_given = match step {
            Step::Allocation(name, _) | Step::Text(name, _) | Step::NeededText(name, _) => self.is_given(name),
            Step::Commitment => self.is_given("commitment"),
            Step::Fund => self.is_given("fund"),
            Step::NeededDate => self.is_given("date") || self.today().is_some(),
            Step::Date => self.is_given("date"),
            Step::AddOrCut => self.is_given("add") || self.is_given("cut"),
            Step::Amount | Step::Part => self.is_given("amount"),
            Step::Economic => self.is_given("economic"),
            Step::Row(_) => self.is_given("row"),
            Step::Month => self.is_given("month"),
        };
        if is_given {
            return Ok(());
        }
        match step {
            Step::Allocation(name, inquiry) => self.allocation(name, &inquiry),
            Step::Commitment => self.commitment(),
            Step::Fund => self.fund(),
            Step::NeededDate => self.text("date", &Inquiry::Date, &Manner::Needed),
            Step::Date => {
                let today = self.today().map_or(Manner::Needed, Manner::Today);
                self.text("date", &Inquiry::Date, &today)
            }
            Step::AddOrCut => self.add_or_cut(),
            Step::Amount => self.amount("amount", &Manner::Needed),
            Step::Part => {
                let manner = self.part();
                self.amount("amount", &manner)
            }
            Step::NeededText(name, inquiry) => self.text(name, &inquiry, &Manner::Needed),
            Step::Text(name, inquiry) => {
                let manner = self.unchanged(name).unwrap_or(Manner::Skippable);
                self.text(name, &inquiry, &manner)
            }
            Step::Economic => self.economic(),
            Step::Row(kind) => self.row(kind),
            Step::Month => self.month(),
        }
    }

    /// A line of text, asked for again until nothing is wrong with it.
    fn text(&mut self, name: &'static str, inquiry: &Inquiry, manner: &Manner) -> Result<(), Stop> {
        let before = self.before(name);
        loop {
            let text = self.line(inquiry, manner, &before)?;
            if text.is_empty() && *manner != Manner::Needed {
                return Ok(());
            }
            if text.is_empty() {
                let missing = match name {
                    "date" => Usage::DateNeeded { year: self.books.budget.year.number() }.into(),
                    "row" => Refusal::EmptyName.into(),
                    _ => Usage::MissingValue { name: format!("--{name}") }.into(),
                };
                self.desk.complain(&[missing]);
            } else if self.keeps(vec![Answer::new(name, text)])? {
                return Ok(());
            }
        }
    }

    /// An amount, which is shown in 大写 and confirmed or typed again.
    fn amount(&mut self, name: &'static str, manner: &Manner) -> Result<(), Stop> {
        let before = self.before(name);
        let mut text = self.line(&Inquiry::Amount, manner, &before)?;
        loop {
            if text.is_empty() && *manner != Manner::Needed {
                return Ok(());
            }
            if self.is_good(&[Answer::new(name, &text)])?
                && let Ok(amount) = Amount::typed(&text)
            {
                let said = self.line(&Inquiry::AmountRight(amount), &Manner::Needed, "")?;
                match Decision::read(&said) {
                    Some(Decision::Yes | Decision::Nothing) => {
                        self.answers.push(Answer::new(name, amount.to_string()));
                        return Ok(());
                    }
                    Some(Decision::No | Decision::Change) => {}
                    None => {
                        text = said;
                        continue;
                    }
                }
            }
            text = self.line(&Inquiry::Amount, manner, "")?;
        }
    }

    /// Options as lines that fit the screen, one row of cells each.
    fn listed(&self, options: &[Vec<Cell>]) -> Vec<String> {
        let room = self.desk.world.terminal.width.map(|width| width.saturating_sub(FRAME));
        listing::lines(options, room, self.desk.language)
    }

    /// The place of one of these options; there is none for the first one, which is none of them.
    fn pick_or(
        &mut self,
        none: Choice,
        inquiry: &Inquiry,
        options: &[Vec<Cell>],
        cursor: Option<usize>,
    ) -> Result<Option<usize>, Stop> {
        let none = lang::choice(self.desk.language, none);
        let lines: Vec<String> = std::iter::once(none).chain(self.listed(options)).collect();
        Ok(self.choice(inquiry, &lines, cursor.map_or(0, |cursor| cursor + 1))?.checked_sub(1))
    }

    fn allocation(&mut self, name: &'static str, inquiry: &Inquiry) -> Result<(), Stop> {
        if self.verb.name == "record" && self.is_given("commitment") {
            return Ok(());
        }
        let giving = self.value("from").and_then(|from| self.find(&from));
        let names: Vec<_> =
            self.glance.names.iter().filter(|named| giving.as_ref() != Some(&named.key)).cloned().collect();
        let available = |key: &str| Cell::Amount(self.glance.positions.of(key).available());
        let options: Vec<Vec<Cell>> = names
            .iter()
            .map(|named| vec![Cell::Number(named.number as u64), Cell::Text(named.name.clone()), available(&named.key)])
            .collect();
        let before = self.before(name);
        let cursor = names.iter().position(|named| named.key == before);
        loop {
            let place = if *inquiry == Inquiry::RightAllocation {
                let Some(place) = self.pick_or(Choice::Unchanged, inquiry, &options, cursor)? else { return Ok(()) };
                place
            } else {
                let lines = self.listed(&options);
                self.choice(inquiry, &lines, cursor.unwrap_or(0))?
            };
            let key = names[place].key.clone();
            // What hangs on the allocation is asked for with it.
            let with_it = match self.verb.name {
                "record" => self.commitment_of(&key)?,
                "correct" => self.fund_of(&key)?,
                _ => None,
            };
            let answers = std::iter::once(Answer::new(name, key)).chain(with_it).collect();
            if self.keeps(answers)? {
                return Ok(());
            }
        }
    }

    /// The key of an allocation as it was typed.
    fn find(&self, typed: &str) -> Option<String> {
        allocations::find(&self.glance.names, typed).ok().map(|named| named.key.clone())
    }

    /// Where the allocation was chosen from the list, this was asked with it.
    fn commitment(&mut self) -> Result<(), Stop> {
        if self.answers.iter().any(|answer| answer.name == "allocation") {
            return Ok(());
        }
        let Some(key) = self.value("allocation").and_then(|typed| self.find(&typed)) else { return Ok(()) };
        loop {
            let Some(answer) = self.commitment_of(&key)? else { return Ok(()) };
            if self.keeps(vec![answer])? {
                return Ok(());
            }
        }
    }

    /// An open commitment of this allocation to spend against; none, if there is none or none is wanted.
    fn commitment_of(&mut self, key: &str) -> Result<Option<Answer>, Stop> {
        let open = self.glance.promises.iter().filter(|(_, promise)| promise.what.allocation == key);
        let (seqs, options): (Vec<u64>, Vec<Vec<Cell>>) = open
            .map(|(seq, promise)| {
                let text = |text: &str| Cell::Text(text.to_owned());
                let what = &promise.what;
                (seq, vec![Cell::Number(seq), text(&what.doc), text(&what.payee), Cell::Amount(promise.left)])
            })
            .unzip();
        if options.is_empty() {
            return Ok(None);
        }
        let before = self.before("commitment");
        let cursor = seqs.iter().position(|seq| self.glance.by_seq(*seq) == before);
        let place = self.pick_or(Choice::NoCommitment, &Inquiry::Commitment, &options, cursor)?;
        Ok(place.map(|place| Answer::new("commitment", self.glance.by_seq(seqs[place]))))
    }

    /// Only where the allocation holds several.
    fn fund(&mut self) -> Result<(), Stop> {
        let typed = self.value("allocation").or_else(|| self.value("from"));
        let Some(key) = typed.and_then(|typed| self.find(&typed)) else { return Ok(()) };
        loop {
            let Some(answer) = self.fund_of(&key)? else { return Ok(()) };
            if self.keeps(vec![answer])? {
                return Ok(());
            }
        }
    }

    /// One of the funds that an allocation has anything of; none, if there is nothing to choose.
    fn fund_of(&mut self, key: &str) -> Result<Option<Answer>, Stop> {
        let opened = self.glance.ledger.opened.iter().filter(|opened| opened.key == key);
        let in_use = |fund: &Fund| self.glance.positions.is_in_use(key, *fund);
        let funds: Vec<Fund> = opened.filter_map(|opened| opened.fund).filter(in_use).collect();
        if funds.len() < 2 || self.is_given("commitment") || self.is_given("fund") {
            return Ok(None);
        }
        let standing = self.glance.positions.by_fund(key);
        let available = |fund: &Fund| {
            let position = standing.iter().find(|(held, _)| held == fund).map(|(_, position)| *position);
            Cell::Amount(position.unwrap_or_default().available())
        };
        let options: Vec<Vec<Cell>> =
            funds.iter().map(|fund| vec![Cell::Text(with_twin(fund.key())), available(fund)]).collect();
        let options = self.listed(&options);
        let before = self.before("fund");
        let was = self.about().filter(|what| what.allocation == key).and_then(|what| what.fund);
        let is_it = |fund: &Fund| if before.is_empty() { was == Some(*fund) } else { fund.key() == before };
        let cursor = funds.iter().position(is_it).unwrap_or(0);
        let place = self.choice(&Inquiry::Fund, &options, cursor)?;
        Ok(Some(Answer::new("fund", funds[place].key())))
    }

    fn add_or_cut(&mut self) -> Result<(), Stop> {
        let options = [Choice::Add, Choice::Cut].map(|choice| lang::choice(self.desk.language, choice));
        let cursor = usize::from(!self.before("cut").is_empty());
        let place = self.choice(&Inquiry::AddOrCut, &options, cursor)?;
        self.amount(["add", "cut"][place], &Manner::Needed)
    }

    /// Where the allocation has a list of classes, from that; else as a code.
    fn economic(&mut self) -> Result<(), Stop> {
        let unchanged = self.unchanged("economic");
        let typed = self.value("allocation").and_then(|typed| self.find(&typed));
        let key = typed.or_else(|| self.about().map(|what| what.allocation.clone())).unwrap_or_default();
        let year = self.books.budget.year;
        let allowed = self.books.budget.allocation(&key).map(|allocation| allocation.economic.clone());
        let options: Vec<Vec<Cell>> = allowed.iter().flatten().map(|code| class(code, year)).collect();
        if options.is_empty() {
            return self.text("economic", &Inquiry::Economic, &unchanged.unwrap_or(Manner::Skippable));
        }
        let none = if unchanged.is_some() { Choice::Unchanged } else { Choice::NoCode };
        let before = self.before("economic");
        let cursor = allowed.iter().flatten().position(|code| *code == before);
        loop {
            let Some(place) = self.pick_or(none, &Inquiry::EconomicOf, &options, cursor)? else { return Ok(()) };
            let code = allowed.iter().flatten().nth(place).cloned().unwrap_or_default();
            if self.keeps(vec![Answer::new("economic", code)])? {
                return Ok(());
            }
        }
    }

    /// An earlier row, from the latest ones that fit or by its number.
    fn row(&mut self, kind: Kind) -> Result<(), Stop> {
        let (seqs, options) = self.rows_for(kind);
        let mut lines = self.listed(&options);
        lines.push(lang::choice(self.desk.language, Choice::OtherRow(kind)));
        let before = self.before("row");
        let cursor = seqs.iter().position(|seq| self.glance.by_seq(*seq) == before);
        loop {
            let place =
                if seqs.is_empty() { 0 } else { self.choice(&Inquiry::Row(kind), &lines, cursor.unwrap_or(0))? };
            let Some(seq) = seqs.get(place) else {
                return self.text("row", &Inquiry::RowByNumber(kind), &Manner::Needed);
            };
            if self.keeps(vec![Answer::new("row", self.glance.by_seq(*seq))])? {
                return Ok(());
            }
        }
    }

    /// The latest rows that fit, newest first, and what is shown of each.
    fn rows_for(&self, kind: Kind) -> (Vec<u64>, Vec<Vec<Cell>>) {
        let shown = |seq: u64, what: &Particulars<String>, amount: Amount| {
            let date = what.date.map(|date| date.to_string()).unwrap_or_default();
            let texts = [what.payee.as_str(), plain_memo(&what.memo)].map(|text| Cell::Text(text.to_owned()));
            let row = [vec![Cell::Number(seq), Cell::Text(date), Cell::Amount(amount)], texts.to_vec()].concat();
            (seq, row)
        };
        if kind == Kind::Release {
            let promises = self.glance.promises.iter().map(|(seq, promise)| shown(seq, &promise.what, promise.left));
            let mut newest: Vec<_> = promises.collect();
            newest.reverse();
            return newest.into_iter().unzip();
        }
        let rows = self.glance.rows_for(kind).into_iter();
        rows.map(|row| shown(row.entry.seq, &row.entry.what, row.entry.what.amount)).unzip()
    }

    /// The earlier row this is about, if it is one of the latest.
    fn about(&self) -> Option<&Particulars<String>> {
        self.glance.row(&self.value("row")?).map(|row| &row.entry.what)
    }

    /// How an amount may be left out: all that is left of the row, or for `correct` what it was.
    fn part(&self) -> Manner {
        let row = self.value("row").unwrap_or_default();
        let seq = row.trim_end_matches('#');
        let promised = self.glance.promises.iter().find(|(number, _)| number.to_string() == seq);
        let left = self.glance.row(&row).map(|row| row.left).or(promised.map(|(_, promise)| promise.left));
        match self.verb.name {
            "correct" => Manner::Unchanged(left.map(Amount::grouped)),
            _ => Manner::AllThatIsLeft(left),
        }
    }

    /// For `correct`: what a column was, and stays if nothing is typed.
    fn unchanged(&self, column: &str) -> Option<Manner> {
        (self.verb.name == "correct").then(|| Manner::Unchanged(self.about().map(|what| said(what, column))))
    }

    /// One of the open months that are over; a later one takes those before it along.
    fn month(&mut self) -> Result<(), Stop> {
        let months = self.glance.months_to_close(&self.books, self.desk.today());
        let Some(first) = months.first().copied() else {
            // None is over: the command says so in its own words, of the month it would be.
            let last = Month::of(self.books.budget.year.last_day());
            let next = self.glance.ledger.first_open_month().unwrap_or(last);
            return self.keeps_or_fails(vec![Answer::new("month", next.to_string())]);
        };
        let options: Vec<String> = months
            .iter()
            .map(|month| match *month == first {
                true => first.to_string(),
                false => lang::choice(self.desk.language, Choice::Through(*month)),
            })
            .collect();
        loop {
            let place = self.choice(&Inquiry::Month, &options, 0)?;
            let mut answers = vec![Answer::new("month", months[place].to_string())];
            if place > 0 && !self.is_given("through") {
                answers.push(Answer::flag("through"));
            }
            if self.keeps(answers)? {
                return Ok(());
            }
        }
    }

    /// Today, if it can be the date of a row.
    fn today(&self) -> Option<Date> {
        Some(self.desk.today()).filter(|today| self.books.budget.year.holds(*today))
    }
}

/// A class by its code and its name in the year's table.
fn class(code: &str, year: FiscalYear) -> Vec<Cell> {
    let name = match economic::listing(code, year) {
        Listing::Named(name) => name.to_owned(),
        Listing::Unlisted | Listing::NoTable | Listing::NotACode => String::new(),
    };
    vec![Cell::Text(code.to_owned()), Cell::Text(name)]
}
