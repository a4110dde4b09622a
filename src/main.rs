fn main() {
    use std::io::Write;
    let mut r = vec![];
    let mut n = 0;
    for a in std::env::args().skip(1) {
        let b = std::fs::read(&a).unwrap_or_default();
        n += 1;
        let s = std::sync::Arc::new(delint::text::Source::from_bytes(delint::text::SourceId(n), a, b));
        let x = delint::engine::read(&s);
        if x.is_relevant() {
            r.push(x);
        }
    }
    let rep = delint::engine::check(&r, n as usize);
    let mut o = std::io::stdout().lock();
    delint::report::reporter(delint::report::Format::Pretty, Default::default()).write(&rep, &mut o).unwrap();
    o.flush().unwrap();
}
