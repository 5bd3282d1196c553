//! Steps in the office for whoever works with a token beside its owner. A person at a PIN pad takes minutes and a
//! module may never answer, so what asks the register or changes it is a step, taken in its turn, and the token is
//! asked between two of them. What was true in one step is asked again in the next one that rests on it.

use crate::clerk::{ClerkFault, Office};

/// The way to take such steps.
pub trait Turns {
    /// Takes one step to its end.
    ///
    /// Errors: those of the step; `web.busy` where the owner of the office is gone.
    fn take<T: Send + 'static>(
        &mut self,
        step: impl FnOnce(&mut Office) -> Result<T, ClerkFault> + Send + 'static,
    ) -> Result<T, ClerkFault>;
}

/// Whoever owns the office has every turn.
impl Turns for Office {
    fn take<T: Send + 'static>(
        &mut self,
        step: impl FnOnce(&mut Office) -> Result<T, ClerkFault> + Send + 'static,
    ) -> Result<T, ClerkFault> {
        step(self)
    }
}
