//! Stories that are run on each database: two people in the same moment.
//!
//! A test file with such stories takes it in beside the kit.

use miftah_store::testing::Engine;

/// The databases that races are run on. SQLite writes one after the other, so PostgreSQL is where
/// they happen; without one (`MIFTAH_TEST_POSTGRES`) they are run where they can be.
pub fn engines() -> Vec<Engine> {
    let postgres = std::env::var("MIFTAH_TEST_POSTGRES").is_ok_and(|url| !url.is_empty());
    let mut engines = vec![Engine::Sqlite];
    engines.extend(postgres.then_some(Engine::Postgres));
    engines
}

/// Makes each story a test that is run on each of [`engines`], by several threads. A story that is
/// not listed is dead code, and told so.
macro_rules! on_each {
    ($($story:ident)*) => {
        mod on_each { $(
            #[tokio::test(flavor = "multi_thread")]
            async fn $story() {
                for engine in crate::databases::engines() {
                    let kit = crate::kit::Kit::on(engine).await;
                    super::$story(&kit).await;
                    kit.remove().await;
                }
            }
        )* }
    };
}
pub(crate) use on_each;
