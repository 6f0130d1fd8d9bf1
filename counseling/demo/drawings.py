"""Pictures and signatures of the demo, drawn with a few lines: nobody's house and nobody's hand."""

import math
import random
from io import BytesIO

from PIL import Image, ImageDraw

from homevisits.photo_image import DrawnPhoto, drawn_photo

SIZE = (1280, 960)
SKY, GRASS, WALL, ROOF, WOOD, DARK = (
    "#b9d7e8",
    "#7f9f5f",
    "#e8ddc4",
    "#9c4f32",
    "#8a5f3c",
    "#3c3026",
)


def photo(image: Image.Image) -> DrawnPhoto:
    """Return a drawing as a photo that was sent."""
    out = BytesIO()
    image.save(out, "JPEG", quality=90)
    return drawn_photo(out, out.tell())


def house(rng: random.Random) -> Image.Image:
    """Return a house before hills, with a tree beside it."""
    image, draw = _begun(SKY)
    for n, green in enumerate(("#8fb3a0", "#7ba383")):
        hills = [
            (x, 430 + 70 * n + 60 * math.sin(x / (170 + 60 * n) + n)) for x in range(0, 1300, 20)
        ]
        draw.polygon([*hills, (1280, 960), (0, 960)], fill=green)
    draw.rectangle((0, 690, 1280, 960), fill=GRASS)
    draw.polygon([(560, 960), (720, 960), (690, 760), (610, 760)], fill="#c9b48d")
    draw.rectangle((330, 460, 970, 770), fill=WALL)
    draw.polygon([(270, 470), (650, 270), (1030, 470)], fill=ROOF)
    draw.rectangle((590, 560, 710, 770), fill=WOOD)
    draw.ellipse((685, 660, 700, 675), fill=DARK)
    for x in (400, 790):
        draw.rectangle((x, 550, x + 120, 660), fill="#6d8fa3", outline="white", width=10)
        draw.line((x + 60, 550, x + 60, 660), fill="white", width=8)
    at = rng.randrange(1060, 1120)
    draw.rectangle((at, 520, at + 34, 790), fill=WOOD)
    for dx, dy in ((-90, 60), (0, 0), (60, 70), (-30, 110)):
        draw.ellipse((at + dx - 60, 330 + dy, at + dx + 130, 480 + dy), fill="#4f7a45")
    return image


def desk(rng: random.Random) -> Image.Image:
    """Return a desk with books below a window."""
    image, draw = _begun("#dccfb5")
    draw.rectangle((0, 760, 1280, 960), fill="#a58763")
    draw.rectangle((420, 120, 860, 420), fill=SKY, outline=WOOD, width=22)
    draw.line((640, 120, 640, 420), fill=WOOD, width=16)
    draw.rectangle((180, 560, 1100, 610), fill=WOOD)
    for x in (220, 1020):
        draw.rectangle((x, 610, x + 44, 880), fill=WOOD)
    x = 270
    for colour in ("#9c2c5c", "#1c65a8", "#23713a", "#8f5600", "#56646d"):
        width, height = rng.randrange(34, 60), rng.randrange(110, 170)
        draw.rectangle((x, 560 - height, x + width, 560), fill=colour)
        x += width + 4
    draw.polygon([(620, 560), (640, 530), (860, 530), (880, 560)], fill="white", outline=DARK)
    draw.line((750, 532, 750, 560), fill=DARK, width=3)
    draw.rectangle((930, 440, 1010, 560), fill="#20282c")
    draw.rectangle((938, 450, 1002, 545), fill="#8fa6ad")
    draw.line((975, 440, 1005, 380), fill="#20282c", width=3)
    return image


def road(rng: random.Random) -> Image.Image:
    """Return the way to the house, between fields."""
    image, draw = _begun(SKY)
    draw.polygon(
        [(0, 430), (420, 300), (800, 390), (1280, 280), (1280, 520), (0, 520)], fill="#8fb3a0"
    )
    draw.rectangle((0, 500, 1280, 960), fill=GRASS)
    draw.polygon([(380, 960), (900, 960), (690, 500), (650, 500)], fill="#b7a27c")
    for n in range(9):
        y = 540 + n * 44
        draw.line((0, y, 600 - n * 26, y), fill="#6c8c4e", width=4 + n)
        draw.line((720 + n * 24, y, 1280, y), fill="#6c8c4e", width=4 + n)
    beside_the_road = [*range(60, 560, 40), *range(800, 1240, 40)]
    for x in sorted(rng.sample(beside_the_road, 6)):
        draw.rectangle((x, 430, x + 8, 510), fill=WOOD)
        draw.ellipse((x - 26, 380, x + 34, 450), fill="#4f7a45")
    return image


def signature(rng: random.Random) -> str:
    """Return the lines of a signature: a few loops and a stroke below them."""
    loops, high = rng.randrange(3, 6), rng.randrange(60, 110)
    points = [
        (70 + 440 * t / 60 + 26 * math.sin(loops * t / 8), 180 - high * math.cos(loops * t / 9.5))
        for t in range(61)
    ]
    first = f"M{points[0][0]:.0f} {points[0][1]:.0f}"
    pairs = zip(points[1::2], points[2::2], strict=True)
    curves = "".join(f"Q{a:.0f} {b:.0f} {c:.0f} {d:.0f}" for (a, b), (c, d) in pairs)
    return f"{first}{curves}M90 300L{rng.randrange(380, 540)} {rng.randrange(270, 300)}"


def _begun(colour: str) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", SIZE, colour)
    return image, ImageDraw.Draw(image)
