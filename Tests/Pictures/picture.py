"""Takes the picture of the example's report that the README shows.

    python3 Tests/Pictures/picture.py PROGRAM

Needs chromium and chromedriver, and selenium and Pillow from PyPI.
"""
import io
import os
import shutil
import subprocess
import sys
import tempfile

from PIL import Image
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

program = os.path.abspath(sys.argv[1])
folder = tempfile.mkdtemp()
subprocess.run([program, "demo", "--data-dir", folder], stdin=subprocess.DEVNULL, capture_output=True, check=True)
page = f"{folder}/report.html"
subprocess.run(
    [program, "report", "last", "-o", page, "--without-notes", "--data-dir", f"{folder}/demo"], check=True)
wanted = Options()
wanted.binary_location = shutil.which("chromium")
for flag in ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=960,2200"]:
    wanted.add_argument(flag)
driver = webdriver.Chrome(options=wanted, service=Service(shutil.which("chromedriver")))
driver.get("file://" + page)
# Down to the areas, without what is behind them.
end = driver.execute_script(
    "return document.querySelector('.areas').getBoundingClientRect().bottom + window.scrollY + 16")
picture = Image.open(io.BytesIO(driver.get_screenshot_as_png())).convert("RGB")
picture = picture.crop((0, 0, picture.width, min(picture.height, int(end))))
target = os.path.join(os.path.dirname(os.path.abspath(__file__)), "report.png")
picture.quantize(64).save(target, optimize=True)
driver.quit()
shutil.rmtree(folder)
size = os.path.getsize(target)
print(f"{target}: {picture.width} × {picture.height}, {size // 1024} KB")
sys.exit(0 if size < 200 * 1024 else 1)
