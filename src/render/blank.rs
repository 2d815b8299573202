//! The file that is filled in for the year-end form: TOML with English keys, its comments in the reader's language, what
//! is known already in its place. What `store::form_file` reads is what this writes.

use crate::domain::amount::Amount;
use crate::domain::budget::Language;
use crate::domain::text::shown;
use crate::domain::year_end::{Filled, Whose};
use crate::lang::{self, Phrase, YearEndWord, phrase};
use crate::reports::year_end::{FundLine, Reason, TargetResult, YearEnd};

/// The file for this form, with what was filled in before.
pub(crate) fn blank(form: &YearEnd, filled: &Filled, language: Language) -> String {
    let mut file = File { text: String::new(), language };
    let stamp = &form.stamp;
    let office = Phrase::Office { unit: stamp.unit.clone(), title: stamp.title.clone(), year: stamp.year };
    file.comment(&phrase(language, &office));
    file.comment(&phrase(language, &Phrase::YearEndTitle));
    file.says(&YearEndWord::BlankIntroduction);
    file.text += "\n[final]\n";
    file.pair("budget", &stamp.budget_id);
    form.reasons.iter().filter(|reason| reason.whose == Whose::Project).for_each(|reason| file.reason(reason));
    let held = || form.funds.iter().filter(|line| line.is_held);
    if held().next().is_some() {
        file.text.push('\n');
        file.says(&YearEndWord::BlankSplit);
    }
    for line in held() {
        file.fund(line, form, filled);
    }
    file.text.push('\n');
    file.says(&YearEndWord::BlankAllocations);
    for reason in &form.reasons {
        if let Whose::Allocation { key, .. } = &reason.whose {
            file.text += "\n[[allocation]]\n";
            file.pair("key", key);
            file.reason(reason);
        }
    }
    if !form.results.is_empty() {
        file.text.push('\n');
        file.says(&YearEndWord::BlankResults);
    }
    // As the budget has them: two targets of one name are told apart by their order.
    let mut results: Vec<&TargetResult> = form.results.iter().collect();
    results.sort_by_key(|result| (result.allocation.number, result.place));
    results.into_iter().for_each(|result| file.result(result));
    file.text
}

struct File {
    text: String,
    language: Language,
}

impl File {
    fn comment(&mut self, said: &str) {
        for line in said.lines() {
            self.text += &format!("# {}\n", shown(line));
        }
    }

    fn says(&mut self, word: &YearEndWord) {
        self.comment(&lang::year_end(self.language, word));
    }

    fn pair(&mut self, key: &str, value: &str) {
        self.text += &format!("{key} = {}\n", quoted(value));
    }

    /// What the rate is, and room to say why.
    fn reason(&mut self, reason: &Reason) {
        let (whose, rate, is_needed) = (reason.whose.clone(), reason.rate, reason.is_needed);
        self.says(&YearEndWord::BlankRate { whose, rate, is_needed });
        self.pair("reason", &reason.text);
    }

    fn fund(&mut self, line: &FundLine, form: &YearEnd, filled: &Filled) {
        self.text += "\n[[fund]]\n";
        self.pair("fund", line.fund.key());
        self.pair("left", &line.execution.left.grouped());
        // What was said stands there again, although it may no longer foot: that is for its author to mend.
        let said = filled.funds.iter().find(|said| said.fund == line.fund);
        let part =
            |said: Option<Amount>, known: Option<Amount>| said.or(known).map(Amount::grouped).unwrap_or_default();
        self.pair("carry_forward", &part(said.and_then(|said| said.forward), line.forward));
        self.pair("surplus", &part(said.and_then(|said| said.surplus), line.surplus));
        // A fund that is all there is has the project's rate.
        let several = form.funds.iter().filter(|line| line.is_held).count() > 1;
        let of_fund = |reason: &&Reason| reason.whose == Whose::Fund(line.fund) && (several || !reason.text.is_empty());
        form.reasons.iter().filter(of_fund).for_each(|reason| self.reason(reason));
    }

    fn result(&mut self, result: &TargetResult) {
        let target = &result.target;
        self.text += "\n[[result]]\n";
        self.pair("allocation", &result.allocation.key);
        self.pair("target", &target.name);
        let (goal, unit, weight) = (target.goal, target.unit.clone(), target.weight);
        self.says(&YearEndWord::BlankGoal { kind: target.kind, goal, unit, weight });
        self.pair("actual", &result.actual.map(|actual| actual.to_string()).unwrap_or_default());
        self.pair("reason", &result.reason);
    }
}

/// A text as TOML has it between quotes.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            hidden if hidden.is_control() => quoted += &format!("\\u{:04X}", u32::from(hidden)),
            other => quoted.push(other),
        }
    }
    quoted + "\""
}
