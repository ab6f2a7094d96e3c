//! Home: what needs me now, then few tasks.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HomeView {
    Anonymous,
    SignedIn {
        name: String,
        number: String,
        programme: String,
        year: String,
        #[serde(default)]
        standing: Standing,
        todos: Vec<Todo>,
        /// What has just happened, told once at the top.
        #[serde(default)]
        news: Option<News>,
    },
}

/// Where the person stands on the roll today. The account stays open either way: it is how they
/// reach their own data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    #[default]
    Listed,
    /// The latest roll has them with a status that opens no account, such as "left".
    NotListed,
}

/// What has just been achieved by the journey that led here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    AccountOpened,
    AccountRecovered,
    AccountRecoveredEmailReplaced,
    /// In the place of a temporary one.
    PasswordChosen,
}

/// What is still worth doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Todo {
    /// No phone: without a second address a lost mailbox means a walk to the office.
    AddPhone,
    /// A phone is written down but was never proved.
    ConfirmPhone,
    /// No address at all: a forgotten password would mean a walk to the office (S1.1).
    AddEmail,
    /// The mailbox opens with this very password.
    OtherEmail,
}

impl News {
    /// The word in the query after the journey that led here.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AccountOpened => "account_opened",
            Self::AccountRecovered => "account_recovered",
            Self::AccountRecoveredEmailReplaced => "account_recovered_email_replaced",
            Self::PasswordChosen => "password_chosen",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        [
            Self::AccountOpened,
            Self::AccountRecovered,
            Self::AccountRecoveredEmailReplaced,
            Self::PasswordChosen,
        ]
        .into_iter()
        .find(|news| news.name() == name)
    }
}
