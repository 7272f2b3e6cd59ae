//! Names and paths: variables, fields, elements, entries.

use std::sync::Arc;

use cel::common::ast::{CallExpr, Expr, IdedExpr, LiteralValue, SelectExpr};

use super::{Lowering, Typed, suggest};
use crate::check::expr::name::{Name, Stands};
use crate::check::expr::narrow;
use crate::check::expr::tree::{Access, Node, Op, Root, Step};
use crate::check::expr::types::Type;
use crate::check::expr::value::Value;
use crate::inventory::relate::LINKS;
use crate::inventory::schema::Field;

/// Kinds a rule always sees, by their variable.
const SINGLETONS: [&str; 2] = ["account", "region"];

impl Lowering<'_> {
    pub(super) fn identifier(&mut self, expr: &IdedExpr, name: &str) -> Typed {
        if let Some((slot, variable)) = self
            .scope
            .iter()
            .enumerate()
            .rev()
            .find(|(_, known)| known.name == name)
        {
            let (kind, shape) = (variable.kind.clone(), variable.each.shape.clone());
            return self.path(expr, Root::Local(slot), Vec::new(), shape, kind);
        }
        let schema = self.env.schema;
        if let Some(judged) = schema.kind(self.env.kind)
            && judged.variable == name
        {
            let kind = Type::Resource(judged.name);
            return self.path(expr, Root::Judged, Vec::new(), name.into(), kind);
        }
        if SINGLETONS.contains(&name)
            && let Some(singleton) = schema.kind(name)
        {
            let root = if name == "account" {
                Root::Account
            } else {
                Root::Region
            };
            let kind = Type::Resource(singleton.name);
            return self.path(expr, root, Vec::new(), name.into(), kind);
        }
        if name == "now" {
            return self.typed(expr, Op::Now, Type::Time);
        }
        if name == "params" {
            return self.wrong(
                expr,
                "`params` is not a value",
                suggest("", self.env.params.keys().map(String::as_str)),
            );
        }
        let locals: Vec<String> = self.scope.iter().map(|known| known.name.clone()).collect();
        let judged = schema.kind(self.env.kind).map(|kind| kind.variable);
        let known = judged
            .into_iter()
            .chain(
                SINGLETONS
                    .into_iter()
                    .filter(|name| schema.kind(name).is_some()),
            )
            .chain(["params", "now"])
            .chain(locals.iter().map(String::as_str));
        let help = suggest(name, known);
        self.wrong(expr, &format!("no variable `{name}`"), help)
    }

    pub(super) fn select(&mut self, expr: &IdedExpr, select: &SelectExpr) -> Typed {
        if let Some(chosen) = pushed_into_branches(expr, &select.operand, |operand| {
            Expr::Select(SelectExpr {
                operand: Box::new(operand),
                ..select.clone()
            })
        }) {
            return self.expression(&chosen);
        }
        if select.test {
            return self.has(expr, select);
        }
        if select.operand.expr == Expr::Ident("params".to_owned())
            && self.scope.iter().all(|known| known.name != "params")
        {
            return self.parameter(expr, &select.field);
        }
        let operand = self.value(&select.operand);
        let (step, kind) = match operand.kind.clone() {
            Type::Resource(name) => match self.field_of(name, &select.field) {
                Some((position, field)) => {
                    let kind = Type::of(&field.shape);
                    (Step::Field(position), kind)
                }
                None => return self.no_field(expr, &select.field, name, &self.fields_of(name)),
            },
            Type::Record(fields) => {
                match fields.iter().position(|field| field.name == select.field) {
                    Some(position) => {
                        let kind = fields
                            .get(position)
                            .map_or(Type::Wrong, |field| Type::of(&field.shape));
                        (Step::Member(position), kind)
                    }
                    None => {
                        let known: Vec<&str> = fields.iter().map(|field| field.name).collect();
                        let of = self.text(&select.operand).to_owned();
                        return self.no_field(expr, &select.field, &of, &known);
                    }
                }
            }
            Type::Map(item) => (Step::Key(select.field.as_str().into()), *item),
            Type::Wrong => return self.typed(expr, Op::Constant(Value::Null), Type::Wrong),
            other @ (Type::Null
            | Type::Bool
            | Type::Int
            | Type::Double
            | Type::Text
            | Type::Time
            | Type::Span
            | Type::List(_)
            | Type::Optional(_)) => {
                let of = self.text(&select.operand);
                let message = format!("`{of}` is {other}, which has no fields");
                self.complain(self.parsed.field(expr), message, None);
                return self.typed(expr, Op::Constant(Value::Null), Type::Wrong);
            }
        };
        let spelled = format!("{}.{}", spelling(&operand), select.field);
        self.step(expr, operand, step, &spelled, kind)
    }

    pub(super) fn index(&mut self, expr: &IdedExpr, call: &CallExpr) -> Typed {
        let [operand, index] = call.args.as_slice() else {
            return self.wrong(expr, "an index takes one value", None);
        };
        // An index that is itself computed is not repeated in both branches: an index in it would be four times in the
        // next, and so on.
        if matches!(index.expr, Expr::Literal(_))
            && let Some(chosen) = pushed_into_branches(expr, operand, |operand| {
                Expr::Call(CallExpr {
                    args: vec![operand, index.clone()],
                    ..call.clone()
                })
            })
        {
            return self.expression(&chosen);
        }
        let lowered = self.value(operand);
        let at = self.value(index);
        let spelled = spelling(&lowered);
        match (lowered.kind.clone(), &at.kind) {
            (Type::List(item), Type::Int | Type::Wrong) => {
                let each = lowered.each.clone();
                let (step, spelled) = match literal_index(index) {
                    // An element that keeps its place brings the position along.
                    Some(n) if each.is_none() => (Step::Nth(n), format!("{spelled}[{n}]")),
                    Some(n) => (
                        Step::Nth(n),
                        each.filter(|_| !matches!(lowered.node.op, Op::Read(_)))
                            .map_or_else(
                                || format!("{spelled}[{n}]"),
                                |each| each.shape.to_string(),
                            ),
                    ),
                    None => (Step::Element(at.node), format!("{spelled}[]")),
                };
                self.step(expr, lowered, step, &spelled, *item)
            }
            (Type::Map(item), Type::Text | Type::Wrong) => {
                let (step, spelled) = if let Expr::Literal(LiteralValue::String(key)) = &index.expr
                    && !key.inner().contains(['[', ']'])
                {
                    let key = key.inner();
                    (Step::Key(key.into()), format!("{spelled}[\"{key}\"]"))
                } else {
                    (Step::Value(at.node), format!("{spelled}[]"))
                };
                self.step(expr, lowered, step, &spelled, *item)
            }
            (Type::Wrong, _) => self.typed(expr, Op::Constant(Value::Null), Type::Wrong),
            (of, by) => {
                let message = format!("{of} cannot be indexed by {by}");
                self.wrong(expr, &message, None)
            }
        }
    }

    fn parameter(&mut self, expr: &IdedExpr, name: &str) -> Typed {
        let found = self
            .env
            .params
            .iter()
            .enumerate()
            .find(|(_, (known, _))| known.as_str() == name);
        match found {
            Some((position, (_, shape))) => self.typed(expr, Op::Param(position), Type::of(shape)),
            None if (self.refused)(name) => {
                self.typed(expr, Op::Constant(Value::Null), Type::Wrong)
            }
            None => {
                let help = suggest(name, self.env.params.keys().map(String::as_str));
                self.complain(
                    self.parsed.field(expr),
                    format!("the check has no parameter `{name}`"),
                    help.or_else(|| Some(format!("declare it: params = {{ {name} = … }}"))),
                );
                self.typed(expr, Op::Constant(Value::Null), Type::Wrong)
            }
        }
    }

    /// `has(map.key)`. On a declared field it would be always true, or hide that the field was not read.
    fn has(&mut self, expr: &IdedExpr, select: &SelectExpr) -> Typed {
        let operand = self.value(&select.operand);
        if operand.kind == Type::Wrong {
            return operand;
        }
        if !matches!(operand.kind, Type::Map(_)) {
            let path = format!("{}.{}", self.text(&select.operand), select.field);
            return self.wrong(
                expr,
                &format!("`has` is for keys of maps, and `{path}` is a declared field"),
                Some(format!(
                    "write `{path} != null` if it may be null; else drop it: a field that was not read is unknown by itself"
                )),
            );
        }
        let key = Node {
            op: Op::Constant(Value::text(select.field.as_str())),
            text: select.field.as_str().into(),
        };
        self.typed(expr, Op::In(Box::new([key, operand.node])), Type::Bool)
    }

    /// One step further along a path; from anything but a path, a new path starts.
    fn step(
        &mut self,
        expr: &IdedExpr,
        operand: Typed,
        step: Step,
        spelled: &str,
        kind: Type,
    ) -> Typed {
        let spelled: Arc<str> = spelled.into();
        let Op::Read(access) = operand.node.op else {
            let root = Root::Computed(Box::new(operand.node));
            return self.path(expr, root, vec![step], spelled, kind);
        };
        let Access {
            root,
            mut steps,
            name,
            ..
        } = access;
        // A field that is a link holds where it leads; a loop variable holds the resource itself.
        if matches!(operand.kind, Type::Resource(_)) && matches!(steps.last(), Some(Step::Field(_)))
        {
            steps.push(Step::Follow(name));
        }
        steps.push(step);
        self.path(expr, root, steps, spelled, kind)
    }

    fn path(
        &mut self,
        expr: &IdedExpr,
        root: Root,
        steps: Vec<Step>,
        shape: Arc<str>,
        kind: Type,
    ) -> Typed {
        let narrowed = matches!(kind, Type::Optional(_))
            && narrow::path(&expr.expr, self).is_some_and(|path| self.known.contains(&path));
        let kind = if narrowed { kind.value().clone() } else { kind };
        let is_computed = match &root {
            Root::Computed(_) => true,
            Root::Local(slot) => self
                .scope
                .get(*slot)
                .is_none_or(|variable| variable.each.stands == Stands::Values),
            Root::Judged | Root::Account | Root::Region => false,
        };
        let linked = matches!(&kind, Type::List(item) if matches!(**item, Type::Resource(_)));
        let size = (linked && matches!(steps.last(), Some(Step::Field(_))))
            .then(|| named(&format!("size({shape})"), is_computed));
        let each = matches!(kind, Type::List(_)).then(|| named(&format!("{shape}[]"), is_computed));
        let access = Access {
            root,
            steps,
            name: named(&shape, is_computed),
            size,
        };
        let mut typed = self.typed(expr, Op::Read(access), kind);
        typed.each = each;
        typed
    }

    /// A field of a kind, with a note that the rule needs it.
    fn field_of(&mut self, kind: &'static str, name: &str) -> Option<(usize, Field)> {
        let (position, field) = self.env.schema.kind(kind)?.field(name)?;
        self.reads.fields.insert((kind, field.name));
        if let Some(link) = LINKS
            .iter()
            .find(|link| link.from == kind && link.name == field.name)
        {
            self.reads.populations.insert(link.to);
            if let Some((ours, theirs)) = link.on {
                self.reads.fields.insert((kind, ours));
                self.reads.fields.insert((link.to, theirs));
            }
        }
        Some((position, field.clone()))
    }

    fn fields_of(&self, kind: &str) -> Vec<&'static str> {
        self.env
            .schema
            .kind(kind)
            .map(|kind| kind.fields.iter().map(|field| field.name).collect())
            .unwrap_or_default()
    }

    fn no_field(&mut self, expr: &IdedExpr, name: &str, of: &str, known: &[&str]) -> Typed {
        let help = suggest(name, known.iter().copied());
        self.complain(
            self.parsed.field(expr),
            format!("{of} has no field `{name}`"),
            help,
        );
        self.typed(expr, Op::Constant(Value::Null), Type::Wrong)
    }
}

/// How readings spell an expression: a path as a path, anything else as it is written.
pub(super) fn spelling(typed: &Typed) -> String {
    if let Op::Read(access) = &typed.node.op {
        access.name.shape.to_string()
    } else {
        // `[]` stands for a position in the shape of a path, and must not come from elsewhere.
        typed.node.text.replace("[]", "[ ]")
    }
}

pub(super) fn named(shape: &str, is_computed: bool) -> Name {
    Name {
        shape: shape.into(),
        id: 0,
        stands: if is_computed {
            Stands::Values
        } else if shape.contains("[]") {
            Stands::Positions
        } else {
            Stands::One
        },
    }
}

fn literal_index(index: &IdedExpr) -> Option<usize> {
    if let Expr::Literal(LiteralValue::Int(n)) = &index.expr {
        usize::try_from(*n.inner()).ok()
    } else {
        None
    }
}

/// `(c ? a : b).f` is `c ? a.f : b.f`, so that either is read as the path it is.
fn pushed_into_branches(
    expr: &IdedExpr,
    operand: &IdedExpr,
    rebuilt: impl Fn(IdedExpr) -> Expr,
) -> Option<IdedExpr> {
    let Expr::Call(call) = &operand.expr else {
        return None;
    };
    let [condition, yes, no] = call.args.as_slice() else {
        return None;
    };
    if call.func_name != "_?_:_" {
        return None;
    }
    let branch = |branch: &IdedExpr| IdedExpr {
        id: expr.id,
        expr: rebuilt(branch.clone()),
    };
    Some(IdedExpr {
        id: operand.id,
        expr: Expr::Call(CallExpr {
            args: vec![condition.clone(), branch(yes), branch(no)],
            ..call.clone()
        }),
    })
}
