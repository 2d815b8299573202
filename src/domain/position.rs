//! Where each allocation stands on a day, fund by fund: the one fold over the rows. Nothing else in the program adds up
//! money.

use super::amount::{Amount, Rate};
use super::budget::{Control, Fund};
use super::calendar::{Date, FiscalYear, Pace};
use super::entry::{Entry, Kind, Moves, Particulars};
use super::keyed::first_of;
use super::plan::Plan;

/// One allocation, or all of them: the four moved figures, and what was planned by the day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) original: Amount,
    pub(crate) adjusted: Amount,
    pub(crate) committed: Amount,
    pub(crate) spent: Amount,
    /// What of `spent` took wrong expenses back; never positive.
    pub(crate) reversals: Amount,
    /// What of it came back; never positive.
    pub(crate) refunds: Amount,
    /// How many expenses there were, whatever was taken back later.
    pub(crate) expense_count: u64,
    planned: Amount,
}

impl Position {
    pub(crate) fn revised(&self) -> Amount {
        self.original + self.adjusted
    }

    pub(crate) fn available(&self) -> Amount {
        self.revised() - self.committed - self.spent
    }

    /// What was paid, before anything was taken back.
    pub(crate) fn expenses(&self) -> Amount {
        self.spent - self.reversals - self.refunds
    }

    pub(crate) fn execution_rate(&self) -> Option<Rate> {
        self.spent.share_of(self.revised())
    }

    /// What is due of all plans by the day, before it is kept within 0 and revised.
    pub(crate) fn accrued(&self) -> Amount {
        self.planned
    }

    /// What the plan meant to have been spent by the day: never below 0, never above revised.
    pub(crate) fn plan_to_date(&self) -> Amount {
        self.planned.min(self.revised()).max(Amount::ZERO)
    }

    fn plus(self, other: Self) -> Self {
        Self {
            original: self.original + other.original,
            adjusted: self.adjusted + other.adjusted,
            committed: self.committed + other.committed,
            spent: self.spent + other.spent,
            reversals: self.reversals + other.reversals,
            refunds: self.refunds + other.refunds,
            expense_count: self.expense_count + other.expense_count,
            planned: self.planned + other.planned,
        }
    }
}

/// Whether spending keeps pace with the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    OverBudget,
    Ahead,
    OnPace,
    Behind,
}

impl Status {
    /// The stable key in CSV and JSON.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::OverBudget => "over_budget",
            Self::Ahead => "ahead",
            Self::OnPace => "on_pace",
            Self::Behind => "behind",
        }
    }

    /// Over budget when less than nothing is available; else by d = 100 × (spent − plan) ÷ revised, unrounded, against the band in points.
    pub(crate) fn of(
        available: Amount,
        spent: Amount,
        plan_to_date: Amount,
        revised: Amount,
        control: &Control,
    ) -> Self {
        let distance = (spent - plan_to_date).fen() * 10_000;
        let band = control.band.hundredths() * revised.fen();
        match distance {
            _ if available.is_negative() => Self::OverBudget,
            distance if distance > band => Self::Ahead,
            distance if distance < -band => Self::Behind,
            _ => Self::OnPace,
        }
    }
}

/// Every allocation's position on a day.
///
/// Two of these over the two halves of one ledger [join](Self::join) to the positions over the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Positions {
    as_of: Date,
    year: FiscalYear,
    pace: Pace,
    /// By key, so that each is found soon among hundreds; those of one key in the order of their `budget` rows.
    lines: Vec<Line>,
}

/// What the rows of one allocation and fund add up to. Rows that name no fund have a line of their own, so that two
/// halves of a ledger join; whose they are is said when it is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    key: String,
    fund: Option<Fund>,
    position: Position,
}

impl Positions {
    /// Nothing yet; rows dated after `as_of` won't count.
    pub(crate) fn new(as_of: Date, year: FiscalYear, pace: Pace) -> Self {
        Self { as_of, year, pace, lines: Vec::new() }
    }

    /// Nothing yet; every row will count, even one dated outside the year that is still to be refused.
    pub(crate) fn over_all_days(year: FiscalYear, pace: Pace) -> Self {
        Self::new(Date::MAX, year, pace)
    }

    /// The same day, and no row yet.
    pub(crate) fn nothing(&self) -> Self {
        Self { lines: Vec::new(), ..*self }
    }

    /// Adds one row. Rows that move nothing, and rows dated after the day, change no figure.
    pub(crate) fn take(&mut self, entry: &Entry<&str>) {
        self.add(&entry.what);
    }

    /// Adds one row by what it says.
    pub(crate) fn add<Text: AsRef<str>>(&mut self, row: &Particulars<Text>) {
        let moves = row.kind.moves();
        if moves == Moves::Nothing {
            return;
        }
        let place = self.line(row.allocation.as_ref(), row.fund);
        let Some(date) = row.date.filter(|date| *date <= self.as_of) else { return };
        let (year, as_of, pace) = (self.year, self.as_of, self.pace);
        let planned = || {
            // A row outside the year is about to be refused; the year has no plan for it.
            if !year.holds(date) {
                return Amount::ZERO;
            }
            let plan = Plan::canonical(row.plan.as_ref()).unwrap_or(Plan::Even);
            plan.due(row.amount, year, date, as_of, pace)
        };
        let position = &mut self.lines[place].position;
        match moves {
            Moves::Original => {
                position.original += row.amount;
                position.planned += planned();
            }
            Moves::Adjusted => {
                position.adjusted += row.amount;
                position.planned += planned();
            }
            Moves::Committed => position.committed += row.amount,
            Moves::Spent => {
                position.spent += row.amount;
                match row.kind {
                    Kind::Reversal => position.reversals += row.amount,
                    Kind::Refund => position.refunds += row.amount,
                    Kind::Expense => position.expense_count += 1,
                    Kind::Open
                    | Kind::Budget
                    | Kind::Adjustment
                    | Kind::Commitment
                    | Kind::Release
                    | Kind::Note
                    | Kind::Close
                    | Kind::Repair => {}
                }
            }
            Moves::Nothing => {}
        }
    }

    fn line(&mut self, key: &str, fund: Option<Fund>) -> usize {
        let mut place = self.first_of(key);
        while let Some(line) = self.lines.get(place).filter(|line| line.key == key) {
            if line.fund == fund {
                return place;
            }
            place += 1;
        }
        // Where positions are many, as by payee, most have one line.
        if self.lines.is_empty() {
            self.lines.reserve_exact(1);
        }
        self.lines.insert(place, Line { key: key.to_owned(), fund, position: Position::default() });
        place
    }

    /// Where the lines of a key begin, or would.
    fn first_of(&self, key: &str) -> usize {
        first_of(&self.lines, key, |line| &line.key)
    }

    /// Makes sure an allocation is known, at zero if no row has named it.
    pub(crate) fn know(&mut self, key: &str) {
        if !self.knows(key) {
            self.line(key, None);
        }
    }

    /// These positions and those over later rows of the same ledger, together.
    pub(crate) fn join(mut self, later: Self) -> Self {
        self.take_over(later);
        self
    }

    /// Adds the positions over later rows of the same ledger.
    pub(crate) fn take_over(&mut self, later: Self) {
        for Line { key, fund, position } in later.lines {
            let place = self.line(&key, fund);
            self.lines[place].position = self.lines[place].position.plus(position);
        }
    }

    fn lines_of<'p>(&'p self, key: &'p str) -> impl Iterator<Item = &'p Line> + Clone {
        self.lines[self.first_of(key)..].iter().take_while(move |line| line.key == key)
    }

    pub(crate) fn of(&self, key: &str) -> Position {
        self.lines_of(key).map(|line| line.position).fold(Position::default(), Position::plus)
    }

    /// The fund an allocation was opened with: the first that a row of it names.
    pub(crate) fn opening_fund(&self, key: &str) -> Fund {
        self.lines_of(key).find_map(|line| line.fund).unwrap_or(Fund::Current)
    }

    /// The funds of an allocation, each with where it stands. Rows that name none belong to the first that is named:
    /// the one the allocation was opened with.
    pub(crate) fn by_fund(&self, key: &str) -> Vec<(Fund, Position)> {
        let lines = self.lines_of(key);
        let first = self.opening_fund(key);
        let holding = |fund: Fund| {
            let mut held = lines.clone().filter(|line| line.fund.unwrap_or(first) == fund).peekable();
            held.peek()?;
            Some((fund, held.map(|line| line.position).fold(Position::default(), Position::plus)))
        };
        Fund::ALL.into_iter().filter_map(holding).collect()
    }

    /// Whether there is anything of a fund in an allocation: budget, a promise or spending.
    pub(crate) fn is_in_use(&self, key: &str, fund: Fund) -> bool {
        let of_it = self.by_fund(key).into_iter().find(|(held, _)| *held == fund);
        of_it.is_some_and(|(_, position)| {
            [position.revised(), position.committed, position.spent].iter().any(|amount| !amount.is_zero())
        })
    }

    /// Where one fund stands over these allocations, or `None` where none of them holds it.
    pub(crate) fn of_fund<'k>(&self, fund: Fund, keys: impl Iterator<Item = &'k str>) -> Option<Position> {
        let held = keys.flat_map(|key| self.by_fund(key)).filter(|(held, _)| *held == fund);
        held.map(|(_, position)| position).reduce(Position::plus)
    }

    /// Whether any row has named this allocation.
    pub(crate) fn knows(&self, key: &str) -> bool {
        self.lines_of(key).next().is_some()
    }

    pub(crate) fn total(&self) -> Position {
        self.lines.iter().map(|line| line.position).fold(Position::default(), Position::plus)
    }

    /// The position over these allocations only.
    pub(crate) fn sum_of<'k>(&self, keys: impl Iterator<Item = &'k str>) -> Position {
        keys.map(|key| self.of(key)).fold(Position::default(), Position::plus)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::amount::Amount;
    use super::super::calendar::iso_date;
    use super::*;

    #[test]
    fn the_status_is_told_by_what_is_beyond_the_band() {
        let control = Control {
            allocation: super::super::budget::Limit::Warn,
            total: super::super::budget::Limit::Warn,
            warn_by_period: false,
            pace: Pace::Days,
            band: super::super::amount::Rate::TEN,
        };
        // Of 100.00 yuan 50.00 are planned to date, and ten points either way are on pace.
        let status = |available, spent| {
            let [available, spent, planned, revised] = [available, spent, 5_000, 10_000].map(Amount::from_fen);
            Status::of(available, spent, planned, revised, &control)
        };
        for (spent, expected) in [
            (6_001, Status::Ahead),
            (6_000, Status::OnPace),
            (5_000, Status::OnPace),
            (4_000, Status::OnPace),
            (3_999, Status::Behind),
        ] {
            assert_eq!(status(0, spent), expected, "{spent}");
        }
        assert_eq!(status(-1, 5_000), Status::OverBudget);
    }

    #[test]
    fn an_allocation_is_known_once_a_row_has_named_it_or_somebody_has() {
        let mut positions = Positions::over_all_days(FiscalYear::new(2022).expect("a year"), Pace::Days);
        let mut row = Particulars::new(Kind::Expense, iso_date("2022-03-05").expect("a day"));
        row.allocation = "travel".to_owned();
        positions.add(&row);
        positions.know("printing");
        assert_eq!(["printing", "travel", "post"].map(|key| positions.knows(key)), [true, true, false]);
        // Nothing is made of what is known already.
        let before = positions.clone();
        positions.know("travel");
        assert_eq!(positions, before);
    }

    proptest! {
        #[test]
        fn positions_over_two_halves_join_to_those_over_the_whole(
            rows in prop::collection::vec((0_usize..3, 0_usize..6, 1_u32..9_999_999, 0_i64..365, 0_usize..4), 1..40),
            cut in any::<prop::sample::Index>(),
            on in 0_i64..365,
        ) {
            let first_day = iso_date("2022-01-01").expect("a day");
            let year = FiscalYear::new(2022).expect("a year");
            let rows: Vec<_> = rows.into_iter().map(|(allocation, kind, fen, day, fund)| {
                let kind =
                    [Kind::Budget, Kind::Adjustment, Kind::Commitment, Kind::Expense, Kind::Reversal, Kind::Refund][kind];
                let mut row = Particulars::new(kind, first_day + chrono::Duration::days(day));
                row.allocation = ["a", "b", "c"][allocation].into();
                row.fund = Fund::ALL.get(fund).copied();
                row.amount = Amount::typed(&fen.to_string()).expect("an amount");
                row.plan = "even".into();
                row
            }).collect();
            let fresh = || Positions::new(first_day + chrono::Duration::days(on), year, Pace::Days);
            let fold = |rows: &[Particulars<String>]| {
                let mut positions = fresh();
                rows.iter().for_each(|row| positions.add(row));
                positions
            };
            let cut = cut.index(rows.len());
            let whole = fold(&rows);
            let funds = Fund::ALL.into_iter().filter_map(|fund| whole.of_fund(fund, ["a", "b", "c"].into_iter()));
            prop_assert_eq!(funds.fold(Position::default(), Position::plus), whole.total());
            prop_assert_eq!(fold(&rows[..cut]).join(fold(&rows[cut..])), whole);
        }
    }
}
