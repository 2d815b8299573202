//! Stage three: payees that agree without being the same. Lots that agree with the same others are one node, so that
//! a hundred thousand names beside one empty one stay few.

use std::collections::HashMap;

use super::{Group, Lot, MOST_EDGES, Node, Stage};
use crate::domain::matching::payee::{self, Likeness};
use crate::domain::matching::spellings::NOTHING;
use crate::domain::matching::table::Table;

/// Nodes of one side, by class and day; and where each class begins.
struct Nodes {
    nodes: Vec<Node>,
    classes: Vec<std::ops::Range<usize>>,
}

impl Group {
    pub(super) fn loosely(&mut self, table: &Table) {
        let waiting = |lots: &[Lot]| -> Node { (0..lots.len()).filter(|lot| lots[*lot].is_waiting()).collect() };
        let (rows, lines) = (waiting(&self.ledger), waiting(&self.statement));
        if rows.is_empty() || lines.is_empty() {
            return;
        }
        let (ours, theirs) = (payees(&self.ledger, &rows), payees(&self.statement, &lines));
        let partners = self.partners(table, &ours, &theirs);
        let mut reverse = vec![Vec::new(); theirs.len()];
        for (one, others) in partners.iter().enumerate() {
            others.iter().for_each(|other| reverse[*other].push(one));
        }
        let (our_class, theirs_of_class) = classes(&partners);
        let (their_class, _) = classes(&reverse);
        let ledger = nodes(&self.ledger, &rows, &ours, &our_class);
        let statement = nodes(&self.statement, &lines, &theirs, &their_class);
        let mut edges = Vec::new();
        for (class, others) in theirs_of_class.into_iter().enumerate() {
            let mut beside: Vec<usize> = others.iter().map(|other| their_class[*other]).collect();
            beside.sort_unstable();
            beside.dedup();
            for left in ledger.classes[class].clone() {
                let row = &self.ledger[ledger.nodes[left][0]];
                for right in
                    beside.iter().flat_map(|class| self.within(row, &statement, statement.classes[*class].clone()))
                {
                    edges.extend(self.edge(left, row, right, &self.statement[statement.nodes[right][0]]));
                }
                // No test can tell: what has as many takes too many steps as well.
                if edges.len() > MOST_EDGES {
                    break;
                }
            }
        }
        self.record(&ledger.nodes, &statement.nodes, &edges, Stage::Loosely);
    }

    /// The nodes of a class within the window around a row.
    fn within(&self, row: &Lot, statement: &Nodes, class: std::ops::Range<usize>) -> std::ops::Range<usize> {
        let Some(window) = self.window else { return class };
        let day = |right: &Node| self.statement[right[0]].day;
        let nodes = &statement.nodes[class.clone()];
        let first = nodes.partition_point(|node| day(node) < row.day.saturating_sub_unsigned(window));
        let end = nodes.partition_point(|node| day(node) <= row.day.saturating_add_unsigned(window));
        class.start + first..class.start + end
    }

    /// For each of our payees, the places of those of theirs that may be it.
    fn partners(&self, table: &Table, ours: &[u32], theirs: &[u32]) -> Vec<Vec<usize>> {
        if self.window.is_none() {
            return vec![(0..theirs.len()).collect(); ours.len()];
        }
        let names = |payees: &[u32]| -> Vec<&str> {
            payees.iter().map(|payee| table.payees[*payee as usize].as_str()).collect()
        };
        let mut partners = vec![Vec::new(); ours.len()];
        for (one, other) in payee::alike(&names(ours), &names(theirs), Likeness::Agreeing) {
            partners[one].push(other);
        }
        for (one, payee) in ours.iter().enumerate() {
            if *payee == NOTHING {
                partners[one] = (0..theirs.len()).collect();
            } else if theirs[0] == NOTHING {
                partners[one].insert(0, 0);
            }
        }
        partners
    }
}

/// The payees of these lots, each once, in order; so an empty one is the first.
fn payees(lots: &[Lot], waiting: &[usize]) -> Vec<u32> {
    let mut payees: Vec<u32> = waiting.iter().map(|lot| lots[*lot].payee).collect();
    payees.sort_unstable();
    payees.dedup();
    payees
}

/// Payees with the same partners are one class: the class of each payee, and the partners of each class.
fn classes(partners: &[Vec<usize>]) -> (Vec<usize>, Vec<&Vec<usize>>) {
    let mut known: HashMap<&Vec<usize>, usize> = HashMap::new();
    let mut of_class = Vec::new();
    let class = partners.iter().map(|others| {
        *known.entry(others).or_insert_with(|| {
            of_class.push(others);
            of_class.len() - 1
        })
    });
    (class.collect(), of_class)
}

fn nodes(lots: &[Lot], waiting: &[usize], payees: &[u32], class: &[usize]) -> Nodes {
    let of = |lot: usize| {
        let payee = payees.binary_search(&lots[lot].payee).expect("the payees are those of the lots");
        (class[payee], lots[lot].day, lots[lot].bound)
    };
    let mut keyed: Vec<_> = waiting.iter().map(|lot| (of(*lot), *lot)).collect();
    keyed.sort_unstable();
    let mut nodes: Vec<Node> = Vec::new();
    let mut classes = vec![0..0; class.iter().max().map_or(0, |most| most + 1)];
    for same in keyed.chunk_by(|one, other| one.0 == other.0) {
        let class = &mut classes[same[0].0.0];
        if class.start == class.end {
            *class = nodes.len()..nodes.len();
        }
        nodes.push(same.iter().map(|(_, lot)| *lot).collect());
        class.end = nodes.len();
    }
    Nodes { nodes, classes }
}
