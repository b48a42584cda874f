//! What a parser that knows nothing of us finds in a picture or a page.

use std::collections::BTreeSet;

use roxmltree::{Document, Node, ParsingOptions};
use sha2::{Digest, Sha256};

/// A picture or a page, parsed.
pub(crate) struct Parsed<'t> {
    document: Document<'t>,
}

impl<'t> Parsed<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
        let document = Document::parse_with_options(text, options).unwrap_or_else(|error| panic!("{error}\n{text}"));
        Self { document }
    }

    fn all(&self) -> impl Iterator<Item = Node<'_, 't>> {
        self.document.descendants().filter(Node::is_element)
    }

    pub(crate) fn named<'n>(&'n self, name: &'n str) -> impl Iterator<Item = Node<'n, 't>> {
        self.all().filter(move |node| node.tag_name().name() == name)
    }

    /// Holds that nothing in it runs, asks for anything, or leads anywhere.
    pub(crate) fn asks_for_nothing(&self) {
        let mut ids = BTreeSet::new();
        for node in self.all() {
            let name = node.tag_name().name();
            assert!(
                !["script", "a", "img", "image", "use", "iframe", "object", "foreignObject"].contains(&name),
                "{name}"
            );
            for attribute in node.attributes() {
                let (key, value) = (attribute.name(), attribute.value());
                assert!(!key.starts_with("on") && key != "style" && key != "src", "{key}");
                assert!(key != "href" || value == "data:,", "{key}={value}");
                assert!(!["NaN", "inf"].iter().any(|odd| value.contains(odd)) || key == "aria-label", "{key}={value}");
                assert!(key != "id" || ids.insert(value.to_owned()), "two of {value}");
            }
        }
        let style = self.named("style").next().unwrap().text().unwrap();
        assert_eq!(self.named("style").count(), 1);
        if let Some(policy) = self.named("meta").find(|meta| meta.attribute("http-equiv").is_some()) {
            let policy = policy.attribute("content").unwrap();
            let hash = base64(&Sha256::digest(style.as_bytes()));
            assert!(
                policy.starts_with("default-src 'none'; ") && policy.contains(&format!("style-src 'sha256-{hash}'"))
            );
        } else {
            assert!(self.named("html").next().is_none(), "a page without a policy");
        }
        let picture = self.named("svg").next().unwrap();
        assert_eq!(picture.attribute("role"), Some("img"));
        assert!(picture.attribute("aria-label").is_some_and(|label| label.contains("ogged")));
        assert!(picture.children().any(|child| child.tag_name().name() == "title"));
    }

    /// Holds that everything drawn lies within the picture, from left to right.
    pub(crate) fn lies_within(&self) {
        let number = |node: &Node<'_, '_>, name: &str| node.attribute(name).map(|value| value.parse::<f64>().unwrap());
        let in_picture = |node: &Node<'_, '_>| !node.ancestors().any(|above| above.tag_name().name() == "pattern");
        for node in self.named("rect").filter(|node| in_picture(node) && node.attribute("class") != Some("ground")) {
            let (left, width) = (number(&node, "x").unwrap(), number(&node, "width").unwrap());
            assert!(left >= -0.01 && left + width <= 560.01, "{left} + {width}");
            assert!(width >= 0.0 && number(&node, "height").unwrap() >= 0.0);
        }
        for node in self.named("line") {
            for end in ["x1", "x2"] {
                assert!((-0.01..=560.01).contains(&number(&node, end).unwrap()), "{end}");
            }
        }
    }
}

/// Returns bytes as Base64, by the bit.
fn base64(bytes: &[u8]) -> String {
    let letters: Vec<char> = ('A'..='Z').chain('a'..='z').chain('0'..='9').chain(['+', '/']).collect();
    let bits = bytes.iter().map(|byte| format!("{byte:08b}")).collect::<Vec<_>>().concat();
    let sextets = bits.as_bytes().chunks(6).map(|bits| format!("{:0<6}", std::str::from_utf8(bits).unwrap()));
    let mut text: String = sextets.map(|bits| letters[usize::from_str_radix(&bits, 2).unwrap()]).collect();
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    text
}
