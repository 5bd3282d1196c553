//! What strangers hand us to do harm, or by mistake: each is refused by its own code.
