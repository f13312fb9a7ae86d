-- Refuses a path that a server behind may read otherwise than KrakenD, as the authorizer does (docs/gateways.md). KrakenD matches
-- the decoded path and puts what a parameter holds into the backend's address as it is.

local function decode(path)
  return (path:gsub("%%(%x%x)", function(hex) return string.char(tonumber(hex, 16)) end))
end

-- RFC 3629 §4, one length after the other: what is left of the upper half is not UTF-8.
local sequences = {
  "[\194-\223][\128-\191]",
  "\224[\160-\191][\128-\191]",
  "[\225-\236\238\239][\128-\191][\128-\191]",
  "\237[\128-\159][\128-\191]",
  "\240[\144-\191][\128-\191][\128-\191]",
  "[\241-\243][\128-\191][\128-\191][\128-\191]",
  "\244[\128-\143][\128-\191][\128-\191]",
}

local function is_utf8(text)
  for _, sequence in ipairs(sequences) do
    text = text:gsub(sequence, "?")
  end
  return not text:find("[\128-\255]")
end

local function has_dot_segment(text)
  for segment in text:gmatch("[^/]+") do
    if segment == "." or segment == ".." then return true end
  end
  return false
end

local function is_ambiguous(path)
  if not path:find("^/") or path:find("//", 1, true) then return true end
  -- What no path has, and path parameters; a percent sign that encodes nothing.
  if path:find("[^%w%%%-._~!$&'()*+,=:@/|%[%]^]") or path:gsub("%%%x%x", ""):find("%", 1, true) then return true end
  -- Encoded: separators, what ends a path or begins its parameters, what is encoded twice, control characters.
  for hex in path:gmatch("%%(%x%x)") do
    local character = string.char(tonumber(hex, 16))
    if character:find("[%c/\\;?#%%]") then return true end
  end
  local text = decode(path)
  return has_dot_segment(text) or text:find("\194[\128-\159]") ~= nil or not is_utf8(text)
end

-- narrower: patterns of routes with a word where this one takes any value, and with another scope or price. What is spelled as
-- listed never comes here; in another case, or with letters that fold to the same, a server behind may take it for that word.
local function is_taken(path, narrower)
  local text = decode(path):lower()
  for _, pattern in ipairs(narrower) do
    if text:find(pattern) or text:find("[\128-\255]") then return true end
  end
  return false
end

function check_path(narrower)
  local path = ctx.load():url():match("^[^?]*")
  if is_ambiguous(path) or is_taken(path, narrower) then
    custom_error("refused: the path can be read in more than one way", 403)
  end
end
