package goods;

import java.util.List;

public final class ReportTest {
    public static void main(String[] args) {
        List<Position> ordered = List.of(new Position("M4 x 20", 5));
        assert Report.of(ordered, ordered).equals("complete");
        assert Report.of(ordered, List.of()).equals("M4 x 20: ordered 5, delivered 0");
    }
}
