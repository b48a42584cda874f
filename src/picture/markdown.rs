//! A page as Markdown (GitHub's, for its tables), to be pasted into a wiki or a chat.

use std::fmt::Write as _;

use super::page::{Cell, Column, Page, Table};
use crate::beam::Row;
use crate::text::markdown::markdown_safe;

/// Writes a page.
pub(super) fn write(page: &Page) -> String {
    let mut text = format!("# {}\n", markdown_safe(&page.title));
    for said in &page.said {
        let said: String = said.iter().map(cell).collect();
        let _ = write!(text, "\n{said}\n");
    }
    write_rows(&mut text, &page.rows);
    for table in &page.tables {
        write_table(&mut text, table);
    }
    for remark in &page.remarks {
        let _ = write!(text, "\n{}\n", markdown_safe(remark));
    }
    text
}

/// Writes the picture between fences that are longer than anything like them in it.
fn write_rows(text: &mut String, rows: &[Row]) {
    let rows: Vec<String> = rows.iter().map(Row::text).collect();
    if rows.is_empty() {
        return;
    }
    let longest = rows.iter().flat_map(|row| row.split(|c| c != '`')).map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(3.max(longest + 1));
    let _ = write!(text, "\n{fence}text\n{}\n{fence}\n", rows.join("\n"));
}

fn write_table(text: &mut String, table: &Table) {
    let _ = write!(text, "\n## {}\n\n", markdown_safe(&table.heading));
    write_row(text, table.columns.iter().map(|column| markdown_safe(column.name()).to_string()));
    write_row(text, table.columns.iter().map(|column| rule(*column).to_owned()));
    for row in table.rows.iter().chain(&table.sum) {
        write_row(text, row.iter().zip(&table.columns).map(|(piece, _)| cell(piece)));
    }
}

fn write_row(text: &mut String, cells: impl Iterator<Item = String>) {
    text.push('|');
    for cell in cells {
        let _ = write!(text, " {cell} |");
    }
    text.push('\n');
}

fn rule(column: Column) -> &'static str {
    match column {
        Column::Words(_) | Column::Short(_) => "---",
        Column::Numbers(_) => "--:",
    }
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Ours(words) => markdown_safe(words).to_string(),
        Cell::Strong(words) => format!("**{}**", markdown_safe(words)),
        Cell::Theirs(words) => {
            let lines: Vec<String> = words.lines().map(|line| markdown_safe(line).to_string()).collect();
            lines.join(" / ")
        }
        Cell::Named(name, tags) if tags.is_empty() => markdown_safe(name).to_string(),
        Cell::Named(name, tags) => format!("{} {}", markdown_safe(name), markdown_safe(tags)),
        Cell::Kind(kind) => kind.done().to_owned(),
    }
}
