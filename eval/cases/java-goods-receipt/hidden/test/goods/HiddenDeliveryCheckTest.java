package goods;

import java.util.List;

public final class HiddenDeliveryCheckTest {
    public static void main(String[] args) {
        for (int quantity : new int[] {0, 1, 127, 128, 129, 1_000, 2_000_000}) {
            List<Position> positions = List.of(new Position("nail", quantity));
            List<String> found = DeliveryCheck.differences(positions, List.of(new Position("nail", quantity)));
            assert found.isEmpty() : quantity + ": " + found;
        }
        List<String> found = DeliveryCheck.differences(
                List.of(new Position("nail", 1_000), new Position("screw", 300), new Position("bolt", 400)),
                List.of(new Position("nail", 600), new Position("screw", 300), new Position("nail", 399)));
        assert found.equals(List.of("nail: ordered 1000, delivered 999", "bolt: ordered 400, delivered 0")) : found;
    }
}
