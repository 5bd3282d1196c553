package judge;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The list of files to judge: one line per file, tab-separated. Answers go to stdout, one tab-separated line each. */
final class Jobs {
    private Jobs() {}

    /** Every line of the list as its cells. */
    static List<String[]> read(String list) throws IOException {
        List<String[]> jobs = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(list))) {
            if (!line.isBlank()) jobs.add(line.split("\t", -1));
        }
        return jobs;
    }

    /** Files of a folder whose name ends in {@code suffix}; none if the folder is missing. */
    static List<File> filesIn(String folder, String suffix) {
        List<File> found = new ArrayList<>();
        File[] entries = new File(folder).listFiles();
        if (entries == null) return found;
        for (File entry : entries) {
            if (entry.getName().endsWith(suffix)) found.add(entry);
        }
        return found;
    }

    /** Prints one answer; tabs and line ends inside cells would break the form. */
    static void answer(String... cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            if (i > 0) line.append('\t');
            line.append(String.valueOf(cells[i]).replaceAll("[\\t\\r\\n]+", " "));
        }
        System.out.println(line);
    }
}
