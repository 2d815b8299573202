//! As many pairs as can be, at the least cost, and which of them another choice as good would change. Exact: a flow of
//! least cost by shortest augmenting paths with potentials (Edmonds and Karp 1972), part by part of the graph.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::ties::{self, Standing};

/// How many steps one part of the graph may take; what would take more is left open.
const MOST_STEPS: u64 = 30_000_000;

/// A way for a unit to go: which of the left, which of the right, and what it costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) left: usize,
    pub(super) right: usize,
    pub(super) cost: i64,
}

/// Units that go from one of the left to one of the right; none where only another choice as good would send some.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Flow {
    pub(super) left: usize,
    pub(super) right: usize,
    pub(super) units: usize,
    /// The knot it is tied up in: another choice as good would change it.
    pub(super) knot: Option<usize>,
}

/// The best choice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Assigned {
    pub(super) flows: Vec<Flow>,
    /// For each of the left, then each of the right, the knot it is tied up in.
    pub(super) left: Vec<Option<usize>>,
    pub(super) right: Vec<Option<usize>>,
    pub(super) knots: usize,
}

/// Assigns units of the left to units of the right along the edges.
pub(super) fn assigned(left: &[usize], right: &[usize], edges: &[Edge]) -> Assigned {
    let mut answer = Assigned { left: vec![None; left.len()], right: vec![None; right.len()], ..Assigned::default() };
    for part in parts(left.len(), right.len(), edges) {
        if let [only] = part.as_slice() {
            let units = left[only.left].min(right[only.right]);
            answer.flows.push(Flow { left: only.left, right: only.right, units, knot: None });
        } else {
            answer.add(left, right, part);
        }
    }
    answer
}

impl Assigned {
    /// Adds one part of the graph.
    fn add(&mut self, left: &[usize], right: &[usize], part: Vec<Edge>) {
        let mut lefts: Vec<usize> = part.iter().map(|edge| edge.left).collect();
        let mut rights: Vec<usize> = part.iter().map(|edge| edge.right).collect();
        for nodes in [&mut lefts, &mut rights] {
            nodes.sort_unstable();
            nodes.dedup();
        }
        let mut network = Network::of(&lefts, &rights, left, right, &part);
        let Some(()) = network.fill() else {
            let knot = self.knots;
            self.knots += 1;
            lefts.into_iter().for_each(|node| self.left[node] = Some(knot));
            rights.into_iter().for_each(|node| self.right[node] = Some(knot));
            return;
        };
        let (knots, most) = ties::knots(network.arcs.len() / 2, network.out.len(), |edge| network.standing(edge));
        let knot = |node: usize| knots[node].map(|knot| self.knots + knot);
        for (place, node) in lefts.iter().enumerate() {
            self.left[*node] = knot(place + 1);
        }
        for (place, node) in rights.iter().enumerate() {
            self.right[*node] = knot(lefts.len() + place + 1);
        }
        for (place, edge) in part.iter().enumerate() {
            let units = network.arcs[2 * place + 1].room;
            let (one, other) = (self.left[edge.left], self.right[edge.right]);
            let knot = one.filter(|_| one == other);
            if units > 0 || (knot.is_some() && network.standing(place).onward) {
                self.flows.push(Flow { left: edge.left, right: edge.right, units, knot });
            }
        }
        self.knots += most;
    }
}

/// The edges by the parts of the graph that hang together, in the order of their first edges.
fn parts(left: usize, right: usize, edges: &[Edge]) -> Vec<Vec<Edge>> {
    let mut union = ties::Union::new(left + right);
    for edge in edges {
        union.join(edge.left, left + edge.right);
    }
    let mut part_of = vec![usize::MAX; left + right];
    let mut parts: Vec<Vec<Edge>> = Vec::new();
    for edge in edges {
        let root = union.root(edge.left);
        if part_of[root] == usize::MAX {
            part_of[root] = parts.len();
            parts.push(Vec::new());
        }
        parts[part_of[root]].push(*edge);
    }
    parts
}

#[derive(Debug, Clone, Copy)]
struct Arc {
    to: usize,
    room: usize,
    cost: i64,
}

/// A source, the left, the right and a sink; arc 2k is an edge, arc 2k + 1 its way back.
struct Network {
    arcs: Vec<Arc>,
    out: Vec<Vec<usize>>,
    potential: Vec<i64>,
    steps: u64,
}

const SOURCE: usize = 0;

impl Network {
    fn of(lefts: &[usize], rights: &[usize], left: &[usize], right: &[usize], edges: &[Edge]) -> Self {
        let nodes = lefts.len() + rights.len() + 2;
        let mut network = Self { arcs: Vec::new(), out: vec![Vec::new(); nodes], potential: vec![0; nodes], steps: 0 };
        let among = |nodes: &[usize], node| nodes.binary_search(&node).expect("the part's nodes are its edges' ends");
        for edge in edges {
            let (from, to) = (1 + among(lefts, edge.left), 1 + lefts.len() + among(rights, edge.right));
            network.connect(from, to, left[edge.left].min(right[edge.right]), edge.cost);
        }
        for (place, node) in lefts.iter().enumerate() {
            network.connect(SOURCE, place + 1, left[*node], 0);
        }
        for (place, node) in rights.iter().enumerate() {
            network.connect(lefts.len() + place + 1, nodes - 1, right[*node], 0);
        }
        network
    }

    fn connect(&mut self, from: usize, to: usize, room: usize, cost: i64) {
        self.out[from].push(self.arcs.len());
        self.arcs.push(Arc { to, room, cost });
        self.out[to].push(self.arcs.len());
        self.arcs.push(Arc { to: from, room: 0, cost: -cost });
    }

    /// Sends as much as can be sent at the least cost; `None` when it would take too long.
    fn fill(&mut self) -> Option<()> {
        let sink = self.out.len() - 1;
        let mut reached = vec![None; self.out.len()];
        while self.shortest(&mut reached)? {
            let path: Vec<usize> = Path { arcs: &self.arcs, reached: &reached, node: sink }.collect();
            let units = path.iter().map(|arc| self.arcs[*arc].room).min().unwrap_or(0);
            for arc in path {
                self.arcs[arc].room -= units;
                self.arcs[arc ^ 1].room += units;
            }
        }
        Some(())
    }

    /// Finds the shortest way to the sink (Dijkstra over reduced costs) and raises the potentials by it. `reached`
    /// holds the arc by which each node was reached.
    fn shortest(&mut self, reached: &mut [Option<usize>]) -> Option<bool> {
        let sink = self.out.len() - 1;
        reached.fill(None);
        let mut distance = vec![i64::MAX; self.out.len()];
        let mut settled = vec![false; self.out.len()];
        let mut heap = BinaryHeap::from([Reverse((0, SOURCE))]);
        distance[SOURCE] = 0;
        while let Some(Reverse((here, node))) = heap.pop() {
            if settled[node] {
                continue;
            }
            settled[node] = true;
            if node == sink {
                break;
            }
            for arc in &self.out[node] {
                self.steps += 1;
                let Arc { to, room, cost } = self.arcs[*arc];
                let there = here + cost + self.potential[node] - self.potential[to];
                if room > 0 && there < distance[to] {
                    distance[to] = there;
                    reached[to] = Some(*arc);
                    heap.push(Reverse((there, to)));
                }
            }
        }
        // No test can tell one step more or less.
        if self.steps > MOST_STEPS {
            return None;
        }
        if settled[sink] {
            let farthest = distance[sink];
            for (potential, distance) in self.potential.iter_mut().zip(distance) {
                *potential += distance.min(farthest);
            }
        }
        Some(settled[sink])
    }

    /// Which ways of an edge are open at no cost in the network as it now is: the ways of other choices as good.
    fn standing(&self, edge: usize) -> Standing {
        let (forward, back) = (self.arcs[2 * edge], self.arcs[2 * edge + 1]);
        let even = forward.cost + self.potential[back.to] - self.potential[forward.to] == 0;
        Standing { from: back.to, to: forward.to, onward: even && forward.room > 0, back: even && back.room > 0 }
    }
}

/// The arcs of the way found, from its end.
struct Path<'n> {
    arcs: &'n [Arc],
    reached: &'n [Option<usize>],
    node: usize,
}

impl Iterator for Path<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let arc = self.reached[self.node]?;
        self.node = self.arcs[arc ^ 1].to;
        Some(arc)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of so many, each best with its own, but with every other at a price.
    fn dense(size: usize, first: usize) -> impl Iterator<Item = Edge> {
        let cost = |left: usize, right: usize| i64::try_from(left.abs_diff(right)).expect("few");
        (0..size * size).map(move |place| (place / size, place % size)).map(move |(left, right)| Edge {
            left: first + left,
            right: first + right,
            cost: cost(left, right),
        })
    }

    #[test]
    fn what_takes_too_many_steps_is_a_knot_of_its_own() {
        const MANY: usize = 450;
        let units = vec![1; 2 * MANY + 2];
        let tie = [(0, 0), (0, 1), (1, 0), (1, 1)].map(|(left, right)| Edge {
            left: 2 * MANY + left,
            right: 2 * MANY + right,
            cost: 1,
        });
        let edges: Vec<Edge> = dense(MANY, 0).chain(dense(MANY, MANY)).chain(tie).collect();
        let answer = assigned(&units, &units, &edges);
        let knots: Vec<Option<usize>> =
            [MANY, MANY, 2].into_iter().enumerate().flat_map(|(knot, size)| vec![Some(knot); size]).collect();
        assert_eq!((answer.knots, &answer.left, &answer.right), (3, &knots, &knots));
        assert!(answer.flows.iter().all(|flow| flow.left >= 2 * MANY));
    }

    #[test]
    fn what_takes_few_steps_is_decided() {
        let edges: Vec<Edge> = dense(40, 0).collect();
        let answer = assigned(&[1; 40], &[1; 40], &edges);
        assert_eq!((answer.knots, answer.flows.len()), (0, 40));
        assert!(answer.flows.iter().all(|flow| flow.left == flow.right && flow.units == 1 && flow.knot.is_none()));
    }

    #[test]
    fn one_that_two_want_goes_to_the_cheaper_and_no_further() {
        for flipped in [false, true] {
            let edges: Vec<Edge> = [0, 1]
                .map(|place| if flipped { (0, place) } else { (place, 0) })
                .into_iter()
                .zip([3, 5])
                .map(|((left, right), cost)| Edge { left, right, cost })
                .collect();
            let (left, right): (&[usize], &[usize]) = if flipped { (&[1], &[1, 1]) } else { (&[1, 1], &[1]) };
            let answer = assigned(left, right, &edges);
            assert_eq!(answer.flows, [Flow { left: 0, right: 0, units: 1, knot: None }], "flipped: {flipped}");
        }
    }
}
