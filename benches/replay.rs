//! What it takes to perform the recorded demo again, stage by stage, and to write each form of its report.

#![expect(
    clippy::unwrap_used,
    reason = "a benchmark ends where its setting fails"
)]

use std::sync::LazyLock;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box_drop};
use tieout::bundle::{Bundle, Folder};
use tieout::check::judge::judge;
use tieout::check::load::{Found, Known, load};
use tieout::complaint::File;
use tieout::criteria::Frameworks;
use tieout::inventory::attempt::Attempt;
use tieout::inventory::kinds::schema;
use tieout::report::html::templates::Templates;
use tieout::report::{Report, html, json, terminal};
use tieout::scan::{Collected, Rules, inputs, recollect, report};

const DEMO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/acme/bundle");

static RULES: LazyLock<Rules> = LazyLock::new(|| rules(&demo()));
static COLLECTED: LazyLock<Collected> = LazyLock::new(|| {
    let bundle = demo();
    let attempts = bundle.attempts().unwrap();
    collect(&bundle, attempts)
});
static REPORT: LazyLock<Report> = LazyLock::new(|| report(&COLLECTED, &RULES).unwrap());
static TEMPLATES: LazyLock<Templates> = LazyLock::new(|| Templates::embedded().unwrap());

fn main() {
    divan::main();
}

/// All of it, to the three reports in memory.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn whole() {
    let bundle = demo();
    let rules = rules(&bundle);
    let attempts = bundle.attempts().unwrap();
    let collected = collect(&bundle, attempts);
    let report = report(&collected, &rules).unwrap();
    black_box_drop((page(&report), lines(&report), screen(&report)));
}

/// The manifest, and every file held against its digest.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn open() -> Bundle<Folder> {
    demo()
}

/// The checks, read and type-checked.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn load_rules(bencher: Bencher<'_, '_>) {
    let bundle = demo();
    bencher.bench_local(|| rules(&bundle));
}

/// The recorded answers, decompressed and parsed. Items are attempts.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn attempts(bencher: Bencher<'_, '_>) {
    let bundle = demo();
    bencher
        .counter(ItemsCount::new(bundle.attempts().unwrap().len()))
        .bench_local(|| bundle.attempts().unwrap());
}

/// Every call through the SDK again, then the links. Items are attempts.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn collect_and_relate(bencher: Bencher<'_, '_>) {
    let bundle = demo();
    bencher
        .with_inputs(|| bundle.attempts().unwrap())
        .input_counter(|attempts: &Vec<Attempt>| ItemsCount::new(attempts.len()))
        .bench_local_values(|attempts| collect(&bundle, attempts));
}

/// Items are verdicts, here and below.
#[divan::bench(sample_count = 20)]
fn judge_alone(bencher: Bencher<'_, '_>) {
    let Collected { run, inventory, .. } = &*COLLECTED;
    bencher
        .counter(verdicts())
        .bench_local(|| judge(&RULES.judged, inventory, run.started, black_box_drop));
}

/// Judges too, and puts the report together.
#[divan::bench(sample_count = 20)]
fn judge_and_report(bencher: Bencher<'_, '_>) {
    bencher
        .counter(verdicts())
        .bench_local(|| report(&COLLECTED, &RULES).unwrap());
}

#[divan::bench(sample_count = 20)]
fn write_html(bencher: Bencher<'_, '_>) {
    bencher.counter(verdicts()).bench_local(|| page(&REPORT));
}

#[divan::bench(sample_count = 20)]
fn write_json(bencher: Bencher<'_, '_>) {
    bencher.counter(verdicts()).bench_local(|| lines(&REPORT));
}

#[divan::bench(sample_count = 20)]
fn write_terminal(bencher: Bencher<'_, '_>) {
    bencher.counter(verdicts()).bench_local(|| screen(&REPORT));
}

fn verdicts() -> ItemsCount {
    ItemsCount::new(REPORT.verdicts.len())
}

fn demo() -> Bundle<Folder> {
    Bundle::open(Folder(DEMO.into())).unwrap()
}

/// The rules that the bundle was judged by.
fn rules(bundle: &Bundle<Folder>) -> Rules {
    let schema = schema();
    let frameworks = Frameworks::embedded().unwrap();
    let found: Vec<Found> = bundle
        .rules()
        .unwrap()
        .into_iter()
        .map(|rule| Found {
            id: rule.id,
            file: File::new(rule.file, rule.text),
        })
        .collect();
    let known = Known {
        schema: &schema,
        criterion: &|id| frameworks.known(id),
        config: None,
    };
    Rules {
        judged: load(&found, known).unwrap(),
        left_out: Vec::new(),
        schema: schema.clone(),
        frameworks: frameworks.clone(),
        inputs: inputs(bundle).unwrap(),
        governance: tieout::scan::governance(bundle).unwrap(),
    }
}

fn collect(bundle: &Bundle<Folder>, attempts: Vec<Attempt>) -> Collected {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime
        .block_on(recollect(
            &bundle.manifest,
            attempts,
            &RULES.inputs,
            &RULES.schema,
        ))
        .unwrap()
}

fn page(report: &Report) -> Vec<u8> {
    let mut bytes = Vec::new();
    html::write(report, &TEMPLATES, &mut bytes).unwrap();
    bytes
}

fn lines(report: &Report) -> Vec<u8> {
    let mut bytes = Vec::new();
    json::write(report, &mut bytes).unwrap();
    bytes
}

fn screen(report: &Report) -> Vec<u8> {
    let mut bytes = Vec::new();
    terminal::write(report, &terminal::Options::default(), &mut bytes).unwrap();
    bytes
}
