//! What a member of staff may do.

use serde::{Deserialize, Serialize};

/// One role an officer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Complaints, assisted recovery, frozen accounts.
    Registry,
    /// That, and the letters that could not be delivered.
    Administrator,
}

impl Role {
    pub const ALL: [Self; 2] = [Self::Registry, Self::Administrator];

    /// As it is stored and typed on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Registry => "registry",
            Self::Administrator => "administrator",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// Whether letters that wait for the office may be seen and released.
    pub const fn sees_letters(self) -> bool {
        matches!(self, Self::Administrator)
    }
}
