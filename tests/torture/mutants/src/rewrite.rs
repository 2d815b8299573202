//! Writes a file anew with all its mutants in it, each behind its switch, and remembers which text belongs to which.
//!
//! An operator keeps its operands, where cargo-mutants changes the text, which may regroup what stands around it.

use std::ops::Range;

use crate::mutant::{Mutant, Place};
use crate::site::{Binary, Form, Shape, Site};

/// Written text that stands there for a site, or for one mutant of it.
#[derive(Debug)]
pub struct Mark {
    pub written: Range<usize>,
    pub site: usize,
    pub mutant: Option<usize>,
}

pub struct Rewritten {
    pub text: String,
    pub marks: Vec<Mark>,
}

/// Sites must be sorted so that what contains others comes before them.
pub fn rewrite(text: &str, sites: &[Site], mutants: &[Mutant]) -> Rewritten {
    let mut writer = Writer { text, sites, mutants, out: String::new(), marks: Vec::new() };
    writer.copy(0..text.len(), 0);
    Rewritten { text: writer.out, marks: writer.marks }
}

struct Writer<'a> {
    text: &'a str,
    sites: &'a [Site],
    mutants: &'a [Mutant],
    out: String,
    marks: Vec<Mark>,
}

fn is(mutant: usize) -> String {
    format!("crate::mutant::is({mutant})")
}

impl Writer<'_> {
    fn live(&self, site: &Site) -> Vec<usize> {
        match site.form {
            Form::GivenUp => Vec::new(),
            Form::Once | Form::Repeated => {
                site.mutants.iter().copied().filter(|mutant| self.mutants[*mutant].is_ready()).collect()
            }
        }
    }

    /// Copies a stretch of the file, with the sites in it written anew. Sites before `first` are known to be outside.
    fn copy(&mut self, range: Range<usize>, first: usize) {
        let mut at = range.start;
        for number in first..self.sites.len() {
            let site = &self.sites[number];
            if site.extent.start >= range.end {
                break;
            }
            if site.extent.start < at || site.extent.end > range.end {
                continue;
            }
            let live = self.live(site);
            if live.is_empty() {
                continue;
            }
            self.out.push_str(&self.text[at..site.extent.start]);
            let start = self.out.len();
            self.site(number, &live);
            self.marks.push(Mark { written: start..self.out.len(), site: number, mutant: None });
            at = site.extent.end;
        }
        self.out.push_str(&self.text[at..range.end]);
    }

    /// What `written` writes is one mutant's.
    fn marked(&mut self, site: usize, mutant: usize, written: impl FnOnce(&mut Self)) {
        let start = self.out.len();
        written(self);
        self.marks.push(Mark { written: start..self.out.len(), site, mutant: Some(mutant) });
    }

    fn site(&mut self, number: usize, live: &[usize]) {
        let site = &self.sites[number];
        let once = site.form == Form::Once;
        match &site.shape {
            Shape::Comparison(binary) if once => self.bound(number, live, binary, "&", "*left", "*right"),
            Shape::Arithmetic(binary) if once => self.bound(number, live, binary, "", "left", "right"),
            Shape::Assignment(binary) if once => self.assignment(number, live, binary),
            Shape::Lazy(binary, _) if once => self.lazy(number, live[0], binary),
            Shape::Comparison(binary)
            | Shape::Arithmetic(binary)
            | Shape::Assignment(binary)
            | Shape::Lazy(binary, _) => self.repeated(number, live, binary),
            Shape::Unary(operator, operand) if once => {
                self.out.push_str("(match (");
                self.copy(operand.clone(), number + 1);
                self.out.push_str(&format!(") {{ value => if !{} {{ {operator}value }} else {{ ", is(live[0])));
                self.marked(number, live[0], |writer| writer.out.push_str("value"));
                self.out.push_str(" } })");
            }
            Shape::Unary(operator, operand) => {
                self.out.push_str(&format!("(if !{} {{ {operator}", is(live[0])));
                self.copy(operand.clone(), number + 1);
                self.out.push_str(" } else { ");
                self.marked(number, live[0], |writer| writer.copy(operand.clone(), number + 1));
                self.out.push_str(" })");
            }
            Shape::Body => self.body(number, live),
            Shape::Arm { .. } => self.out.push_str(&format!(" if !{}", is(live[0]))),
            Shape::Guard => self.guard(number, live),
            Shape::Fields(fields) => self.fields(number, live, fields),
        }
    }

    /// `match (LEFT, RIGHT) { (left, right) => .. }`
    fn bound(&mut self, number: usize, live: &[usize], binary: &Binary, borrow: &str, left: &str, right: &str) {
        self.out.push_str(&format!("(match ({borrow}("));
        self.copy(binary.left.clone(), number + 1);
        self.out.push_str(&format!("), {borrow}("));
        self.copy(binary.right.clone(), number + 1);
        self.out.push_str(")) { (left, right) => ");
        self.choice(number, live, &binary.operator, |writer, operator| {
            writer.out.push_str(&format!("{left} {operator} {right}"));
        });
        self.out.push_str(" })");
    }

    fn assignment(&mut self, number: usize, live: &[usize], binary: &Binary) {
        self.out.push_str("match (");
        self.copy(binary.right.clone(), number + 1);
        self.out.push_str(") { right => ");
        self.choice(number, live, &binary.operator, |writer, operator| {
            writer.copy(binary.left.clone(), number + 1);
            writer.out.push_str(&format!(" {operator} right"));
        });
        self.out.push_str(" }");
    }

    /// The right side stands there once: it is asked where the left side doesn't decide.
    fn lazy(&mut self, number: usize, mutant: usize, binary: &Binary) {
        let is = is(mutant);
        let (relation, not) = if binary.operator == "&&" { ("!=", "") } else { ("==", "!") };
        self.out.push_str("(if (");
        self.copy(binary.left.clone(), number + 1);
        self.out.push_str(&format!(") {relation} {is} {{ "));
        self.copy(binary.right.clone(), number + 1);
        self.out.push_str(&format!(" }} else {{ {not}{is} }})"));
    }

    fn repeated(&mut self, number: usize, live: &[usize], binary: &Binary) {
        self.out.push('(');
        self.choice(number, live, &binary.operator, |writer, operator| {
            writer.copy(binary.left.clone(), number + 1);
            writer.out.push_str(&format!(" {operator} "));
            writer.copy(binary.right.clone(), number + 1);
        });
        self.out.push(')');
    }

    /// What was there comes first, so that the compiler blames the mutants where types disagree.
    fn choice(&mut self, number: usize, live: &[usize], operator: &str, written: impl Fn(&mut Self, &str)) {
        let any: Vec<String> = live.iter().map(|mutant| is(*mutant)).collect();
        self.out.push_str(&format!("if !({}) {{ ", any.join(" || ")));
        written(self, operator);
        self.out.push_str(" }");
        for (place, mutant) in live.iter().enumerate() {
            let last = place + 1 == live.len();
            self.out.push_str(&if last { " else { ".to_owned() } else { format!(" else if {} {{ ", is(*mutant)) });
            let replacement = self.mutants[*mutant].replacement.clone();
            self.marked(number, *mutant, |writer| written(writer, &replacement));
            self.out.push_str(" }");
        }
    }

    fn body(&mut self, number: usize, live: &[usize]) {
        for mutant in live {
            self.out.push_str(&format!(" if {} {{ ", is(*mutant)));
            let value = self.mutants[*mutant].replacement.clone();
            self.marked(number, *mutant, |writer| writer.out.push_str(&format!("return {value};")));
            self.out.push_str(" }");
        }
    }

    fn guard(&mut self, number: usize, live: &[usize]) {
        let mut close = String::new();
        for mutant in live {
            let always = self.mutants[*mutant].replacement == "true";
            let is = is(*mutant);
            self.out.push_str(&if always { format!("({is} || (") } else { format!("(!{is} && (") });
            close.push_str("))");
        }
        self.copy(self.sites[number].extent.clone(), number + 1);
        self.out.push_str(&close);
    }

    /// The whole expression once more for each field that is left out.
    fn fields(&mut self, number: usize, live: &[usize], fields: &[(Place, Range<usize>)]) {
        let extent = self.sites[number].extent.clone();
        let any: Vec<String> = live.iter().map(|mutant| is(*mutant)).collect();
        self.out.push_str(&format!("(if !({}) {{ ", any.join(" || ")));
        self.copy(extent.clone(), number + 1);
        self.out.push_str(" }");
        for (place, mutant) in live.iter().enumerate() {
            let last = place + 1 == live.len();
            self.out.push_str(&if last { " else { ".to_owned() } else { format!(" else if {} {{ ", is(*mutant)) });
            let start = self.mutants[*mutant].span.start;
            if let Some((_, field)) = fields.iter().find(|(place, _)| *place == start) {
                self.marked(number, *mutant, |writer| {
                    writer.copy(extent.start..field.start, number + 1);
                    writer.copy(field.end..extent.end, number + 1);
                });
            }
            self.out.push_str(" }");
        }
        self.out.push(')');
    }
}
