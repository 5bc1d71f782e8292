import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

/** The accent: a river teal. Shade 7 carries white text at 5.3:1 on either ground. */
const river: MantineColorsTuple = [
  "#e6f7f5",
  "#cfece8",
  "#a3dad3",
  "#71c6bd",
  "#48b3a9",
  "#2aa398",
  "#12938a",
  "#0b7a75",
  "#07635f",
  "#034d4a",
];

/** What cannot be taken back. Shade 7 carries white text at 5.6:1 on either ground. */
const brick: MantineColorsTuple = [
  "#fdecec",
  "#fad7d5",
  "#f4b0ab",
  "#ee8a82",
  "#e86b62",
  "#e0554b",
  "#d24138",
  "#c0302a",
  "#a32520",
  "#821a17",
];

/** Neutral greys with a little blue. */
const stone: MantineColorsTuple = [
  "#f7f8fa",
  "#eff1f5",
  "#e3e7ed",
  "#cfd5de",
  "#b0b8c5",
  "#8b95a5",
  "#667085",
  "#4b5565",
  "#333c4a",
  "#1e2530",
];

/** Surfaces and lines of the dark theme, from text to ground. */
const night: MantineColorsTuple = [
  "#e4e8ee",
  "#c3cad5",
  "#9aa4b4",
  "#6b7686",
  "#3a4452",
  "#2c3542",
  "#222a35",
  "#171d26",
  "#12171f",
  "#0c1016",
];

export const theme = createTheme({
  primaryColor: "river",
  primaryShade: 7,
  autoContrast: true,
  luminanceThreshold: 0.2,
  colors: { river, red: brick, gray: stone, dark: night },
  fontFamily: '"Inter Variable", system-ui, -apple-system, "Segoe UI", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, monospace',
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.125rem" },
  lineHeights: { xs: "1.4", sm: "1.45", md: "1.5", lg: "1.5", xl: "1.4" },
  spacing: { xs: "0.5rem", sm: "0.75rem", md: "1rem", lg: "1.5rem", xl: "2rem" },
  defaultRadius: "md",
  radius: { xs: "4px", sm: "6px", md: "8px", lg: "12px", xl: "16px" },
  headings: {
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "1.375rem", lineHeight: "1.3" },
      h2: { fontSize: "1.125rem", lineHeight: "1.35" },
      h3: { fontSize: "1rem", lineHeight: "1.4" },
    },
  },
  respectReducedMotion: true,
  focusRing: "auto",
  cursorType: "pointer",
  components: {
    Button: { defaultProps: { size: "sm" } },
    InputWrapper: { defaultProps: { inputWrapperOrder: ["label", "input", "description", "error"] } },
    TextInput: { defaultProps: { size: "sm" } },
    // A list that opens by itself would hide what is said of its field.
    Select: { defaultProps: { size: "sm", checkIconPosition: "right", openOnFocus: false } },
    Autocomplete: { defaultProps: { openOnFocus: false } },
    MultiSelect: { defaultProps: { openOnFocus: false } },
    TagsInput: { defaultProps: { openOnFocus: false } },
    Modal: {
      defaultProps: {
        centered: true,
        transitionProps: { duration: 120 },
        // A dialog's head is no banner of the page.
        attributes: { header: { role: "presentation" } },
      },
    },
    Drawer: { defaultProps: { position: "right", transitionProps: { duration: 140 } } },
    Menu: { defaultProps: { transitionProps: { duration: 100 }, shadow: "md" } },
    Tooltip: {
      defaultProps: { openDelay: 250, transitionProps: { duration: 100 }, multiline: true, maw: 320 },
    },
  },
});

/** Quiet text stays readable on either ground (4.5:1 and above). */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": "#5b6576",
    "--mantine-color-body": "#ffffff",
    "--app-ground": "#f7f8fa",
    "--app-line": "#e3e7ed",
    "--mantine-color-error": "#c22f2f",
  },
  dark: {
    "--mantine-color-dimmed": "#9aa4b4",
    "--mantine-color-body": "#171d26",
    "--app-ground": "#12171f",
    "--app-line": "#2c3542",
    "--mantine-color-error": "#ff8f8f",
  },
});
