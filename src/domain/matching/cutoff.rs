//! 截止日: what of an answer counts on a day. Rows and lines of later days take part in the matching, so that none of theirs is
//! taken for another's; then they are set apart. Pure.

use std::collections::BTreeSet;

use super::{Ambiguity, Matching, Together};

/// Which items are dated after the day.
pub(crate) struct Cutoff {
    /// The rows, by seq; none of them counts.
    pub(crate) rows: BTreeSet<u64>,
    /// The lines; only those that go with an earlier row count.
    pub(crate) lines: BTreeSet<u64>,
}

/// Sets apart what is later, and tells the lines that do not count.
pub(crate) fn cut_off(mut matching: Matching, cutoff: &Cutoff) -> (Matching, Vec<u64>) {
    if cutoff.rows.is_empty() && cutoff.lines.is_empty() {
        return (matching, Vec::new());
    }
    let mut apart = Apart { cutoff, rows: Vec::new(), lines: Vec::new(), later: Vec::new() };
    apart.lone(std::mem::take(&mut matching.only_in_ledger), std::mem::take(&mut matching.only_in_statement));
    matching.matches.retain(|pair| apart.leaves(&pair.items));
    matching.known.retain(|known| apart.leaves(known));
    matching.differing.retain(|(seq, line)| apart.leaves(&Together::of([*seq], [*line])));
    let open = std::mem::take(&mut matching.ambiguous);
    matching.ambiguous = open.into_iter().filter_map(|open| apart.narrowed(open)).collect();
    matching.ambiguous.sort_unstable();
    let Apart { mut rows, mut lines, mut later, .. } = apart;
    [&mut rows, &mut lines, &mut later].into_iter().for_each(|names| names.sort_unstable());
    (matching.only_in_ledger, matching.only_in_statement) = (rows, lines);
    (matching, later)
}

/// What belongs to nothing on the day.
struct Apart<'c> {
    cutoff: &'c Cutoff,
    rows: Vec<u64>,
    lines: Vec<u64>,
    later: Vec<u64>,
}

impl Apart<'_> {
    /// Takes up rows and lines that go with nothing.
    fn lone(&mut self, rows: Vec<u64>, lines: Vec<u64>) {
        self.rows.extend(rows.into_iter().filter(|seq| !self.cutoff.rows.contains(seq)));
        for line in lines {
            if self.cutoff.lines.contains(&line) { &mut self.later } else { &mut self.lines }.push(line);
        }
    }

    fn has_later_row(&self, items: &Together) -> bool {
        items.seqs.iter().any(|seq| self.cutoff.rows.contains(seq))
    }

    /// Whether a group stays as it is on the day; else what is in it is taken up.
    fn leaves(&mut self, items: &Together) -> bool {
        let is_later = items.seqs.is_empty() && items.lines.iter().all(|line| self.cutoff.lines.contains(line));
        if is_later || self.has_later_row(items) {
            self.lone(items.seqs.to_vec(), items.lines.to_vec());
            return false;
        }
        true
    }

    /// An ambiguity without the choices that nobody has on the day.
    fn narrowed(&mut self, mut open: Ambiguity) -> Option<Ambiguity> {
        if !self.has_later_row(&open.items) {
            return Some(open);
        }
        open.choices.retain(|choice| !self.has_later_row(choice));
        let seqs: BTreeSet<u64> = open.choices.iter().flat_map(|choice| choice.seqs.iter().copied()).collect();
        let lines: BTreeSet<u64> = open.choices.iter().flat_map(|choice| choice.lines.iter().copied()).collect();
        let others =
            |all: &[u64], kept: &BTreeSet<u64>| all.iter().copied().filter(|name| !kept.contains(name)).collect();
        self.lone(others(&open.items.seqs, &seqs), others(&open.items.lines, &lines));
        open.items = Together::of(seqs, lines);
        (!open.choices.is_empty()).then_some(open)
    }
}

#[cfg(test)]
mod tests {
    use super::super::examples_tests::{amount, date};
    use super::super::{Manner, Paid, Told, matched};
    use super::*;

    /// Days of March 2022 with a payee each: the ledger's and the statement's, cut off behind a day.
    fn answer(ledger: &[(i64, &str)], statement: &[(i64, &str)], day: i64) -> String {
        let paid: Vec<Paid> = (1..)
            .zip(ledger)
            .map(|(seq, (day, payee))| Paid {
                seq,
                date: date(*day),
                amount: amount("10.00"),
                payee: (*payee).into(),
                payment: String::new(),
            })
            .collect();
        let told: Vec<Told> = (11..)
            .zip(statement)
            .map(|(line, (day, payee))| Told {
                line,
                date: date(*day),
                amount: amount("10.00"),
                payee: (*payee).into(),
                payment: String::new(),
            })
            .collect();
        let cutoff = Cutoff {
            rows: paid.iter().filter(|row| row.date > date(day)).map(|row| row.seq).collect(),
            lines: told.iter().filter(|line| line.date > date(day)).map(|line| line.line).collect(),
        };
        let (matching, later) = cut_off(matched(&paid, &told, &Manner::default()), &cutoff);
        let pairs: Vec<String> =
            matching.matches.iter().map(|pair| format!("{:?}={:?}", pair.items.seqs, pair.items.lines)).collect();
        let open: Vec<String> = matching
            .ambiguous
            .iter()
            .map(|open| format!("open {:?}~{:?} of {}", open.items.seqs, open.items.lines, open.choices.len()))
            .collect();
        let alone = format!("only {:?}|{:?} later {later:?}", matching.only_in_ledger, matching.only_in_statement);
        [pairs, open, vec![alone]].concat().join("; ")
    }

    #[test]
    fn a_line_of_a_later_day_counts_where_it_goes_with_an_earlier_row() {
        let statement = [(12, "甲甲"), (13, "乙乙")];
        assert_eq!(answer(&[(9, "甲甲")], &statement, 10), "[1]=[11]; only []|[] later [12]");
        assert_eq!(answer(&[(9, "甲甲")], &statement, 13), "[1]=[11]; only []|[12] later []");
    }

    #[test]
    fn a_later_rows_line_is_not_taken_for_another_rows() {
        // The bank has not paid the row of the 9th; without the row of the 11th its line would look like it.
        let ledger = [(9, "甲甲"), (11, "甲甲")];
        assert_eq!(answer(&ledger, &[(11, "甲甲")], 10), "only [1]|[] later [11]");
        assert_eq!(answer(&ledger[..1], &[(11, "甲甲")], 10), "[1]=[11]; only []|[] later []");
    }

    #[test]
    fn what_the_bank_told_before_it_was_entered_is_only_in_the_statement() {
        assert_eq!(answer(&[(12, "甲甲")], &[(9, "甲甲"), (14, "乙乙")], 10), "only []|[11] later [12]");
    }

    #[test]
    fn choices_that_nobody_has_on_the_day_fall_away() {
        let ledger = [(8, "甲甲"), (12, "甲甲")];
        let statement = [(10, "甲甲")];
        assert_eq!(answer(&ledger, &statement, 13), "open [1, 2]~[11] of 2; only []|[] later []");
        assert_eq!(answer(&ledger, &statement, 11), "open [1]~[11] of 1; only []|[] later []");
        assert_eq!(answer(&ledger, &statement, 7), "only []|[] later [11]");
    }
}
