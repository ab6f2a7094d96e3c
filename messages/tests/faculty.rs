//! What the faculty's students read: the product's words, and the faculty's in their places (guide 000).

use std::path::Path;

use miftah_messages::{Own, Texts};
use miftah_rules::Lang;

#[test]
fn the_guide_reader_finds_the_guides_words() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../institutions/fsjes/texts");
    let (own, findings) = Own::read(&folder).unwrap();
    assert_eq!(findings, Vec::<String>::new());
    assert!(Texts::speak(own));
    let ar = Texts::new(Lang::Ar);
    assert_eq!(
        ar.login_handle_label().bare(),
        "البريد الإلكتروني (الإيميل) أو رقم مسار (Code Massar)"
    );
    assert!(
        ar.login_handle_label()
            .html()
            .contains("translate=\"no\">Code Massar</bdi>")
    );
    assert_eq!(ar.login_forgot_link().bare(), "استرجاع الحساب");
    assert_eq!(ar.recover_password_submit().bare(), "حفظ");
}
