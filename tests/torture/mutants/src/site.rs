//! Where in a file mutants stand: the extents of operands, arms, guards, fields and bodies, found with `syn`.

use std::collections::HashMap;
use std::ops::Range;

use proc_macro2::LineColumn;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{BinOp, Expr, Pat, UnOp};

use crate::mutant::{Genre, Place};

const CONSTANT: &str = "it stands in a constant";
const ELSEWHERE: &str = "it isn't built for this system";

/// One place that takes mutants. Bytes are counted in the file as it was.
#[derive(Debug)]
pub struct Site {
    pub extent: Range<usize>,
    pub shape: Shape,
    /// The numbers of its mutants.
    pub mutants: Vec<usize>,
    /// Why no mutant can be tried here, if so.
    pub barred: Option<&'static str>,
    pub form: Form,
}

/// How the mutants of a site are written: at first so that each operand is written once, and where that doesn't compile, so
/// that it is repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Once,
    Repeated,
    GivenUp,
}

#[derive(Debug)]
pub enum Shape {
    Comparison(Binary),
    Arithmetic(Binary),
    Assignment(Binary),
    /// `&&` and `||`; whether `let` stands in the chain, which `||` can't have.
    Lazy(Binary, bool),
    Unary(String, Range<usize>),
    /// The start of a function's body.
    Body,
    /// The end of an arm's pattern; whether another arm takes whatever comes.
    Arm {
        rest: bool,
    },
    Guard,
    /// The fields of a struct expression with a base, each with its comma, and the mutant that deletes it.
    Fields(Vec<(Place, Range<usize>)>),
}

#[derive(Debug)]
pub struct Binary {
    pub left: Range<usize>,
    pub operator: String,
    pub right: Range<usize>,
}

/// The sites of a file, and which of them a mutant's genre and place name.
#[derive(Debug, Default)]
pub struct Sites {
    pub list: Vec<Site>,
    places: HashMap<(Kind, Place), usize>,
    barred: Option<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Operator,
    Body,
    Arm,
    Guard,
    Field,
}

impl Sites {
    pub fn of(text: &str) -> syn::Result<Self> {
        let mut sites = Self::default();
        sites.visit_file(&syn::parse_file(text)?);
        Ok(sites)
    }

    pub fn find(&mut self, genre: Genre, place: Place) -> Option<&mut Site> {
        let kind = match genre {
            Genre::BinaryOperator | Genre::UnaryOperator => Kind::Operator,
            Genre::FnValue => Kind::Body,
            Genre::MatchArm => Kind::Arm,
            Genre::MatchArmGuard => Kind::Guard,
            Genre::StructField => Kind::Field,
        };
        self.places.get(&(kind, place)).map(|site| &mut self.list[*site])
    }

    fn add(&mut self, kind: Kind, place: Place, extent: Range<usize>, shape: Shape) {
        self.places.insert((kind, place), self.list.len());
        self.list.push(Site { extent, shape, mutants: Vec::new(), barred: self.barred, form: Form::Once });
    }

    fn body(&mut self, block: &syn::Block) {
        if let Some(first) = block.stmts.first() {
            let start = block.brace_token.span.open().byte_range().end;
            self.add(Kind::Body, place(first.span().start()), start..start, Shape::Body);
        }
    }

    fn barred(&mut self, why: &'static str, visited: impl FnOnce(&mut Self)) {
        let before = self.barred.replace(why);
        visited(self);
        self.barred = before;
    }

    fn built_here(&mut self, attributes: &[syn::Attribute], visited: impl FnOnce(&mut Self)) {
        let elsewhere = |attribute: &syn::Attribute| match &attribute.meta {
            syn::Meta::List(list) if list.path.is_ident("cfg") => {
                ["windows", "not (unix)", "not(unix)"].contains(&list.tokens.to_string().as_str())
            }
            _ => false,
        };
        match attributes.iter().any(elsewhere) {
            true => self.barred(ELSEWHERE, visited),
            false => visited(self),
        }
    }
}

fn place(LineColumn { line, column }: LineColumn) -> Place {
    Place { line, column: column + 1 }
}

fn extent(node: &impl Spanned) -> Range<usize> {
    node.span().byte_range()
}

fn has_let(expression: &Expr) -> bool {
    match expression {
        Expr::Let(_) => true,
        Expr::Binary(chain) if matches!(chain.op, BinOp::And(_)) => has_let(&chain.left) || has_let(&chain.right),
        _ => false,
    }
}

fn shape(binary: &syn::ExprBinary) -> Shape {
    let operator = binary.op.span().source_text().unwrap_or_default();
    let parts = Binary { left: extent(&binary.left), operator, right: extent(&binary.right) };
    match binary.op {
        BinOp::And(_) | BinOp::Or(_) => Shape::Lazy(parts, has_let(&binary.left) || has_let(&binary.right)),
        BinOp::Eq(_) | BinOp::Ne(_) | BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_) => {
            Shape::Comparison(parts)
        }
        _ if parts.operator.ends_with('=') => Shape::Assignment(parts),
        _ => Shape::Arithmetic(parts),
    }
}

impl<'ast> Visit<'ast> for Sites {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.built_here(&function.attrs, |sites| {
            sites.body(&function.block);
            visit::visit_item_fn(sites, function);
        });
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.built_here(&function.attrs, |sites| {
            sites.body(&function.block);
            visit::visit_impl_item_fn(sites, function);
        });
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        if let Some(block) = &function.default {
            self.body(block);
        }
        visit::visit_trait_item_fn(self, function);
    }

    fn visit_expr_binary(&mut self, binary: &'ast syn::ExprBinary) {
        self.add(Kind::Operator, place(binary.op.span().start()), extent(binary), shape(binary));
        visit::visit_expr_binary(self, binary);
    }

    fn visit_expr_unary(&mut self, unary: &'ast syn::ExprUnary) {
        if !matches!(unary.op, UnOp::Deref(_)) {
            let operator = unary.op.span().source_text().unwrap_or_default();
            let shape = Shape::Unary(operator, extent(&unary.expr));
            self.add(Kind::Operator, place(unary.op.span().start()), extent(unary), shape);
        }
        visit::visit_expr_unary(self, unary);
    }

    fn visit_expr_match(&mut self, expression: &'ast syn::ExprMatch) {
        // Otherwise an arm that is left out leaves a case nobody meets.
        let catches_all = |arm: &syn::Arm| arm.guard.is_none() && matches!(arm.pat, Pat::Wild(_));
        let rest = expression.arms.iter().any(catches_all);
        for arm in &expression.arms {
            match &arm.guard {
                Some((_, guard)) => self.add(Kind::Guard, place(guard.span().start()), extent(guard), Shape::Guard),
                None => {
                    let end = extent(&arm.pat).end;
                    self.add(Kind::Arm, place(arm.span().start()), end..end, Shape::Arm { rest });
                }
            }
        }
        visit::visit_expr_match(self, expression);
    }

    fn visit_expr_struct(&mut self, expression: &'ast syn::ExprStruct) {
        if expression.rest.is_some() {
            let fields: Vec<(Place, Range<usize>)> =
                (expression.fields.pairs()).map(|pair| (place(pair.value().span().start()), extent(&pair))).collect();
            let site = self.list.len();
            self.places.extend(fields.iter().map(|(place, _)| ((Kind::Field, *place), site)));
            let shape = Shape::Fields(fields);
            let extent = extent(expression);
            self.list.push(Site { extent, shape, mutants: Vec::new(), barred: self.barred, form: Form::Once });
        }
        visit::visit_expr_struct(self, expression);
    }

    fn visit_item_const(&mut self, item: &'ast syn::ItemConst) {
        self.barred(CONSTANT, |sites| visit::visit_item_const(sites, item));
    }

    fn visit_impl_item_const(&mut self, item: &'ast syn::ImplItemConst) {
        self.barred(CONSTANT, |sites| visit::visit_impl_item_const(sites, item));
    }

    fn visit_item_static(&mut self, item: &'ast syn::ItemStatic) {
        self.barred(CONSTANT, |sites| visit::visit_item_static(sites, item));
    }

    fn visit_type_array(&mut self, array: &'ast syn::TypeArray) {
        self.barred(CONSTANT, |sites| visit::visit_type_array(sites, array));
    }

    fn visit_expr_repeat(&mut self, repeat: &'ast syn::ExprRepeat) {
        self.visit_expr(&repeat.expr);
        self.barred(CONSTANT, |sites| sites.visit_expr(&repeat.len));
    }
}
