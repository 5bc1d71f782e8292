import { Button, Group, Stack } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import qrcode from "qrcode-generator";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import classes from "./small.module.css";
import { downloadBlob } from "./table/csv";

interface Props {
  value: string;
  /** Name of the downloaded file, and of the picture for screen readers. */
  name: string;
  size?: number;
}

const QUIET = 4;
const PNG_MODULE_PX = 16;

/** The dark modules of a code as one path on a grid of whole units. */
export function qrPath(value: string): { path: string; count: number } {
  const code = qrcode(0, "M");
  code.addData(value);
  code.make();
  const count = code.getModuleCount();
  let path = "";
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      if (code.isDark(row, column)) path += `M${column + QUIET} ${row + QUIET}h1v1h-1z`;
    }
  }
  return { path, count: count + 2 * QUIET };
}

function svgText(path: string, count: number): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${count} ${count}" shape-rendering="crispEdges"><path fill="white" d="M0 0h${count}v${count}H0z"/><path d="${path}"/></svg>`;
}

function savePng(name: string, path: string, count: number): void {
  const canvas = document.createElement("canvas");
  canvas.width = count * PNG_MODULE_PX;
  canvas.height = canvas.width;
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.fillStyle = "white";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.scale(PNG_MODULE_PX, PNG_MODULE_PX);
  pen.fillStyle = "black";
  pen.fill(new Path2D(path));
  canvas.toBlob((blob) => blob && downloadBlob(`${name}.png`, blob));
}

/** A code to point a phone at, with downloads for print. Black on white in both themes, or phones cannot read it. */
export function QrCode({ value, name, size = 180 }: Props) {
  const { t } = useTranslation("ui");
  const { path, count } = useMemo(() => qrPath(value), [value]);
  return (
    <Stack gap="xs" align="flex-start">
      <div className={classes.qr}>
        <svg
          role="img"
          aria-label={t("qr.label", { name })}
          width={size}
          height={size}
          viewBox={`0 0 ${count} ${count}`}
          shapeRendering="crispEdges"
        >
          <path d={path} fill="black" />
        </svg>
      </div>
      <Group gap="xs">
        <Button
          variant="default"
          leftSection={<IconDownload size={16} />}
          onClick={() =>
            downloadBlob(`${name}.svg`, new Blob([svgText(path, count)], { type: "image/svg+xml" }))
          }
        >
          SVG
        </Button>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} />}
          onClick={() => savePng(name, path, count)}
        >
          PNG
        </Button>
      </Group>
    </Stack>
  );
}
