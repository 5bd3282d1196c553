//! Words of `niemphong archive`: where a deposit stands and what comes next.

use school::deposit::DepositId;

use crate::lifecycle::deposit::{Deposit, Stage};

/// One line for a deposit: its name, where it stands, what comes next.
pub fn deposit(id: &DepositId, deposit: &Deposit) -> String {
    let (stands, next) = match &deposit.stage {
        Stage::Planned => ("đã lập danh mục", "đóng gói: niemphong archive build"),
        Stage::Built { .. } => ("đã đóng gói", "văn phòng, Hiệu trưởng, con dấu ký biên bản niêm phong"),
        Stage::Sealed { .. } => ("đã niêm phong", "lập vật mang lưu trữ: niemphong archive media"),
    };
    format!("{id}: {stands}; tiếp theo: {next}")
}
