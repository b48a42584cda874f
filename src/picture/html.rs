//! A page as HTML in one file, well-formed XML too. It holds no script and asks nothing of
//! anybody, and its content security policy would not let it: the one style sheet is
//! allowed by its hash.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::colours;
use super::page::{Cell, Column, Page, Table};
use crate::beam::{Glyphs, kinds};
use crate::domain::Kind;
use crate::text::markup::markup_safe;

/// Writes a page.
pub(super) fn write(page: &Page) -> String {
    let style = colours::of_pages();
    let title = markup_safe(&page.title);
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; \
         style-src 'sha256-{}'; base-uri 'none'; form-action 'none'\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta name=\"color-scheme\" content=\"light dark\"/>\n<meta name=\"referrer\" content=\"no-referrer\"/>\n\
         <link rel=\"icon\" href=\"data:,\"/>\n<title>Tiltmeter: {title}</title>\n<style>{style}</style>\n</head>\n\
         <body>\n<main>\n<h1>{title}</h1>\n",
        base64(&Sha256::digest(style.as_bytes())),
    );
    for said in &page.said {
        let said: String = said.iter().map(cell).collect();
        let _ = writeln!(html, "<p>{said}</p>");
    }
    html.push_str(&page.drawing.within(&page.title, &page.in_words()));
    for table in &page.tables {
        write_table(&mut html, table);
    }
    for remark in &page.remarks {
        let _ = writeln!(html, "<p class=\"aside\">{}</p>", markup_safe(remark));
    }
    html.push_str("</main>\n</body>\n</html>\n");
    html
}

fn write_table(html: &mut String, table: &Table) {
    let heading = markup_safe(&table.heading);
    let _ = write!(
        html,
        "<section>\n<h2>{heading}</h2>\n<div class=\"wide\" role=\"region\" aria-label=\"{heading}\" tabindex=\"0\">\n<table>\n"
    );
    if table.columns.iter().any(|column| !column.name().is_empty()) {
        html.push_str("<thead>\n<tr>");
        for column in &table.columns {
            let _ = write!(html, "<th scope=\"col\"{}>{}</th>", class(*column), markup_safe(column.name()));
        }
        html.push_str("</tr>\n</thead>\n");
    }
    html.push_str("<tbody>\n");
    for row in &table.rows {
        write_row(html, row, &table.columns);
    }
    html.push_str("</tbody>\n");
    if let Some(sum) = &table.sum {
        html.push_str("<tfoot>\n");
        write_row(html, sum, &table.columns);
        html.push_str("</tfoot>\n");
    }
    html.push_str("</table>\n</div>\n</section>\n");
}

fn write_row(html: &mut String, row: &[Cell], columns: &[Column]) {
    html.push_str("<tr>");
    for (piece, column) in row.iter().zip(columns) {
        let _ = write!(html, "<td{}>{}</td>", class(*column), cell(piece));
    }
    html.push_str("</tr>\n");
}

fn class(column: Column) -> &'static str {
    match column {
        Column::Words(_) => " class=\"words\"",
        Column::Short(_) => " class=\"nowrap\"",
        Column::Numbers(_) => " class=\"number\"",
    }
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Ours(words) => markup_safe(words).to_string(),
        Cell::Strong(words) => format!("<strong>{}</strong>", markup_safe(words)),
        Cell::Theirs(words) => {
            let lines: Vec<String> =
                words.lines().map(|line| format!("<bdi dir=\"auto\">{}</bdi>", markup_safe(line))).collect();
            lines.join("<br/>")
        }
        Cell::Named(name, tags) if tags.is_empty() => format!("<bdi dir=\"auto\">{}</bdi>", markup_safe(name)),
        Cell::Named(name, tags) => {
            let (name, tags) = (markup_safe(name), markup_safe(tags));
            format!("<bdi dir=\"auto\">{name}</bdi> <bdi dir=\"auto\" class=\"aside\">{tags}</bdi>")
        }
        Cell::Kind(kind) => {
            let mark = kinds::glyph(*kind, Glyphs::Unicode);
            format!("<span class=\"{}\" aria-hidden=\"true\">{mark}</span> {}", class_of(*kind), kind.done())
        }
    }
}

fn class_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Creating => "is-made",
        Kind::Shaping => "is-shaped",
        Kind::Consuming => "is-taken-in",
        Kind::Off => "is-off",
    }
}

/// Returns bytes as Base64 (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let letter = |sextet: u32| LETTERS.get(sextet as usize & 0x3f).map_or('=', |letter| char::from(*letter));
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let bits = group.iter().chain([&0, &0]).take(3).fold(0, |bits, byte| bits << 8 | u32::from(*byte));
        let letters = [18, 12, 6, 0].map(|shift| letter(bits >> shift));
        text.extend(letters.into_iter().take(group.len() + 1));
        text.extend(std::iter::repeat_n('=', 3 - group.len()));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_its_rfc() {
        for (plain, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(plain.as_bytes()), text);
        }
    }
}
