package archive;

import java.io.File;
import java.util.Arrays;
import java.util.List;

/** `java archive.Main FOLDER DAYS` prints the files that may go. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        File[] found = new File(args[0]).listFiles(file -> file.getName().endsWith(".log"));
        List<LogFile> files = Arrays.stream(found == null ? new File[0] : found)
                .map(file -> new LogFile(file.getPath(), file.lastModified()))
                .toList();
        Retention retention = new Retention(Integer.parseInt(args[1]));
        retention.expired(files, System.currentTimeMillis()).forEach(file -> System.out.println(file.name()));
    }
}
