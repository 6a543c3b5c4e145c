package goods;

import java.util.List;

/** Run with assertions enabled: java -ea. */
public final class DeliveryCheckTest {
    public static void main(String[] args) {
        aMissingArticleIsADifference();
        aDeliveryInPartsIsAddedUp();
        aCompleteDeliveryHasNoDifference();
    }

    static void aMissingArticleIsADifference() {
        List<String> found = DeliveryCheck.differences(List.of(new Position("M4 x 20", 50)), List.of());
        assert found.equals(List.of("M4 x 20: ordered 50, delivered 0")) : found;
    }

    static void aDeliveryInPartsIsAddedUp() {
        List<Position> parts = List.of(new Position("M4 x 20", 30), new Position("M4 x 20", 20));
        List<String> found = DeliveryCheck.differences(List.of(new Position("M4 x 20", 50)), parts);
        assert found.isEmpty() : found;
    }

    static void aCompleteDeliveryHasNoDifference() {
        List<Position> positions = List.of(new Position("M4 x 20", 500), new Position("M6 x 30", 12));
        List<String> found = DeliveryCheck.differences(positions, positions);
        assert found.isEmpty() : "differences in a complete delivery: " + found;
    }
}
