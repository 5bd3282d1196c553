//! Lines of a table as few strokes: each cell draws its own borders, and neighbours share and continue them.

/// How far apart two ends may lie and still be one point, in points: sums of widths are not exact.
const SAME: f32 = 0.01;

/// The same ink with the fewest strokes: horizontal and vertical segments that touch or overlap on one
/// line become one. Others stay as they are. From x, y to x, y.
pub(super) fn joined(segments: &[[f32; 4]]) -> Vec<[f32; 4]> {
    let (mut across, mut down, mut strokes) = (Vec::new(), Vec::new(), Vec::new());
    for &[from_x, from_y, to_x, to_y] in segments {
        if from_y == to_y {
            across.push([from_y, from_x.min(to_x), from_x.max(to_x)]);
        } else if from_x == to_x {
            down.push([from_x, from_y.min(to_y), from_y.max(to_y)]);
        } else {
            strokes.push([from_x, from_y, to_x, to_y]);
        }
    }
    strokes.extend(runs(across).into_iter().map(|[y, from, to]| [from, y, to, y]));
    strokes.extend(runs(down).into_iter().map(|[x, from, to]| [x, from, x, to]));
    strokes
}

/// Joins intervals of the same line, each as place of the line, beginning and end.
fn runs(mut pieces: Vec<[f32; 3]>) -> Vec<[f32; 3]> {
    // Places that differ by a rounding belong to one line: compared in hundredths of a point.
    let place = |piece: &[f32; 3]| (piece[0] / SAME).round();
    pieces.sort_by(|one, other| place(one).total_cmp(&place(other)).then(one[1].total_cmp(&other[1])));
    let mut runs: Vec<[f32; 3]> = Vec::new();
    for piece in pieces {
        match runs.last_mut() {
            Some(run) if place(run) == place(&piece) && piece[1] <= run[2] + SAME => {
                run[2] = run[2].max(piece[2]);
            }
            _ => runs.push(piece),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn borders_of_neighbours_become_one_stroke() {
        // Two rows of three cells, each with its right and lower border, as a table draws them.
        let cells =
            (0..2).flat_map(|row| (0..3).map(move |column| (row as f32 * 12.0, column as f32 * 20.0)));
        let borders: Vec<_> = cells
            .flat_map(|(top, left)| {
                [[left + 20.0, top, left + 20.0, top + 12.0], [left, top + 12.0, left + 20.0, top + 12.0]]
            })
            .collect();
        let strokes = [
            [0.0, 12.0, 60.0, 12.0],
            [0.0, 24.0, 60.0, 24.0],
            [20.0, 0.0, 20.0, 24.0],
            [40.0, 0.0, 40.0, 24.0],
            [60.0, 0.0, 60.0, 24.0],
        ];
        assert_eq!(joined(&borders), strokes);
    }

    #[test]
    fn a_gap_a_double_line_and_a_slope_stay() {
        let apart = [[0.0, 5.0, 10.0, 5.0], [11.0, 5.0, 20.0, 5.0], [0.0, 6.5, 20.0, 6.5]];
        assert_eq!(joined(&apart), apart);
        assert_eq!(joined(&[[0.0, 0.0, 3.0, 4.0]]), [[0.0, 0.0, 3.0, 4.0]]);
    }
}
